// Random lifecycles: PolicyWriter's part about events, duties, states and ends.
#include "tests/agreement/policy_writer.h"

namespace agreement {

void PolicyWriter::WriteSteps() {
  text_ +=
      "enumeration step_kind { entered, started, reported, weak, mended, left }\n"
      "record step {\n  step : step_kind\n  happened : date\n  mark : grade?\n  about : year\n}\n";
}

// What meets a duty that recurs, or one that is due once.
std::string PolicyWriter::MetBy(bool recurring) {
  if (recurring && random_.Chance(25)) return ", met by " + Series(Kind::kTruth);
  if (random_.Chance(30)) return ", met by accidents";
  if (random_.Chance(40)) return ", met by steps where step = reported and mark >= middle";
  return ", met by event reported";
}

void PolicyWriter::WriteDuties() {
  static const std::vector<std::string> kTimes = {"every year by 06-30", "every year by 12-31",
                                                  "every 2 years", "every year", "every 3 years by 03-01"};
  text_ += "  duty yearly " + random_.Of(kTimes);
  if (random_.Chance(25)) text_ += " since year of start + 1";
  if (random_.Chance(25)) text_ += " when " + Truth(2);
  text_ += MetBy(true) + "\n";
  text_ +=
      "  due once by " + random_.Of<std::string>({"2 years after start", "start + 90 days",
                                                  "f_date1 default start", "10 working days after start"});
  if (random_.Chance(30)) text_ += " when " + Truth(2);
  text_ += MetBy(false) + "\n";
}

void PolicyWriter::WriteStates() {
  text_ += "  state running {\n    on event weak where mark is given -> warned\n";
  if (random_.Chance(40)) text_ += "    on event weak -> gone\n";
  text_ += "  }\n  state warned {\n    on event mended -> running\n    on event weak -> gone\n  }\n";
  text_ += random_.Chance(50) ? "  state gone final, barred for good\n" : "  state gone final\n";
}

void PolicyWriter::WriteLifecycle() {
  text_ += "lifecycle life \"资格\" over steps {\n";
  if (random_.Chance(50)) text_ += "  stage entry at event entered\n";
  const bool states = random_.Chance(50);
  text_ += states ? "  starts running at " : "  starts at ";
  text_ += random_.Chance(70) ? "event started" : "f_date0";
  const bool validity = random_.Chance(60);
  if (validity)
    text_ += random_.Of<std::string>({", lasts 3 years", ", lasts 400 days", ", lasts 18 months"});
  text_ += "\n";
  WriteDuties();
  if (states) WriteStates();
  if (random_.Chance(70)) {
    text_ += "  ends revoked when " +
             random_.Of<std::string>({"missed yearly for 2 years running", "missed once and any of accidents",
                                      "at least 2 of missed yearly", Truth(2),
                                      "missed once or at least 2 of accidents where e_truth0"});
    text_ += random_.Chance(50) ? ", barred for 2 years\n" : "\n";
  }
  if (random_.Chance(50)) text_ += "  ends left_it at event left where mark >= low\n";
  text_ += "}\n";
  for (const char* truth :
       {"(missed yearly for 2 years running)", "(missed once)", "(life = none)", "(life.start >= f_date0)"}) {
    names_.emplace_back(truth, Kind::kTruth);
  }
  if (validity) names_.emplace_back("(life = expired or life.expiry > as_of)", Kind::kTruth);
}

}  // namespace agreement
