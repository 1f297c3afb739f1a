#include <simdjson.h>

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/records/files.h"
#include "runtime/records/json_records.h"
#include "runtime/records/names.h"
#include "runtime/records/tables.h"
#include "runtime/text/utf8.h"

// Records from JSON: each record (json_records.h) is walked once by simdjson's on-demand parser; numbers are
// read from their digits as written, never through a floating-point type; strings go through the same cells
// as those of CSV.

namespace pol::records {
namespace {

using program::Fact;
using simdjson::ondemand::json_type;
using Value = simdjson::ondemand::value;
using Object = simdjson::ondemand::object;

// What a member's name means where it stands.
struct Member {
  enum class Kind : std::uint8_t { kUnknown, kFact, kSeries, kList, kGroup };
  Kind kind = Kind::kUnknown;
  std::uint32_t index = 0;  // of the fact, or of the list's domain
  std::int32_t year = 0;
  Unit unit;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using MemberCache = std::unordered_map<std::string, Member, TextHash, std::equal_to<>>;

// A hostile file can have any number of names; past these they are looked up each time.
constexpr std::size_t kMostCached = 4096;

class JsonReader : public Reader {
 public:
  JsonReader(const program::Schema& schema, Shared& shared, std::uint32_t file, TextSource source,
             Problems& problems)
      : schema_(schema),
        names_(schema),
        filler_(schema, shared, file),
        records_(std::move(source), problems),
        field_members_(schema.domains.size()),
        stamps_(schema.facts.size() * (kMostYears + 1)),
        list_stamps_(schema.domains.size()) {}

  bool Next(Batch& batch, Problems& problems) override {
    filler_.Start(batch);
    while (!ended_ && !filler_.IsFull()) {
      const JsonRecords::Kind kind = records_.Next(problems);
      filler_.BeginRow(records_.line());
      if (kind != JsonRecords::Kind::kEnd) filler_.Meet();
      switch (kind) {
        case JsonRecords::Kind::kRecord:
          ReadRecord(problems);
          break;
        case JsonRecords::Kind::kTooBig:
          filler_.Report(ProblemKind::kRowTooBig, problems, {}, {},
                         {std::to_string(JsonRecords::kMostRecord >> 20U)});
          break;
        case JsonRecords::Kind::kCutShort:
          filler_.Report(ProblemKind::kCutShort, problems);
          break;
        case JsonRecords::Kind::kTextAfterList:
          filler_.Report(ProblemKind::kTextAfterList, problems);
          break;
        case JsonRecords::Kind::kEnd:
          ended_ = true;
          break;
      }
    }
    return filler_.Finish(problems);
  }

 private:
  void ReadRecord(Problems& problems) {
    if (records_.source().damaged()) filler_.WatchDamage(NameOf(records_.source().encoding()));
    const std::string_view record = records_.record();
    key_.clear();
    ++stamp_;
    record_stamp_ = stamp_;
    simdjson::ondemand::document document;
    simdjson::error_code error = parser_
                                     .iterate(simdjson::padded_string_view(
                                         record.data(), record.size(), record.size() + records_.padding()))
                                     .get(document);
    if (error != simdjson::SUCCESS) return ReportBroken(record.size(), record, problems);
    Object object;
    error = document.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) {
      filler_.Report(ProblemKind::kNotObject, problems, {}, record.substr(0, 100));
      return;
    }
    if (error == simdjson::SUCCESS) error = ReadMembers(object, problems);
    // After the last of its members, a location is one of something more.
    if (error == simdjson::SUCCESS && document.current_location().error() == simdjson::SUCCESS) {
      error = simdjson::TRAILING_CONTENT;
    }
    if (error != simdjson::SUCCESS) {
      ReportBroken(ByteOf(error, document, record), record, problems);
      filler_.DropRow();
      return;
    }
    if (!filler_.PutKey(key_, schema_.facts[schema_.key_fact].naming.name, problems)) {
      filler_.DropRow();
      return;
    }
    filler_.EndRow(problems);
  }

  // Where in the record an error is: its end when that cannot be said.
  static std::size_t ByteOf(simdjson::error_code error, simdjson::ondemand::document& document,
                            std::string_view record) {
    // An object that is not closed is found at its beginning, but mended at its end.
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) return record.size();
    const char* location = nullptr;
    const std::less_equal<const char*> not_after;
    const bool located = document.current_location().get(location) == simdjson::SUCCESS &&
                         not_after(record.data(), location) &&
                         not_after(location, record.data() + record.size());
    return located ? static_cast<std::size_t>(location - record.data()) : record.size();
  }

  void ReportBroken(std::size_t byte, std::string_view record, Problems& problems) const {
    const std::string_view shown = byte == record.size() ? record : record.substr(byte);
    filler_.Report(ProblemKind::kBrokenJson, problems, {}, shown.substr(0, 200), {std::to_string(byte + 1)});
  }

  simdjson::error_code ReadMembers(Object& object, Problems& problems) {
    for (auto field : object) {
      std::string_view name;
      Value value;
      if (const auto error = field.unescaped_key().get(name)) return error;
      if (const auto error = field.value().get(value)) return error;
      const Member member = MemberOf(name, problems);
      if (const auto error = ReadMember(member, name, value, problems)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadMember(const Member& member, std::string_view name, Value& value,
                                  Problems& problems) {
    switch (member.kind) {
      case Member::Kind::kUnknown:
        return simdjson::SUCCESS;
      case Member::Kind::kFact:
        return ReadFact(member, name, value, problems);
      case Member::Kind::kSeries:
        return ReadSeries(member, name, value, problems);
      case Member::Kind::kList:
        return ReadList(member.index, name, value, problems);
      case Member::Kind::kGroup:
        return ReadGroup(name, value, problems);
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadFact(const Member& member, std::string_view name, Value& value,
                                Problems& problems) {
    if (member.index != schema_.key_fact) {
      return ReadCell(member.index, member.year, member.unit, name, value, problems);
    }
    Scalar scalar;
    if (const auto error = ReadScalar(value, scalar)) return error;
    if (scalar.compound) filler_.Report(ProblemKind::kNotOneValue, problems, name);
    if (IsTwice(member.index, 0, record_stamp_)) {
      filler_.Report(ProblemKind::kMemberTwice, problems, name);
      scalar.text = {};  // which of the two names the record cannot be known
    }
    key_.assign(scalar.text);
    return simdjson::SUCCESS;
  }

  // A scalar as the text of a cell: strings unescaped, numbers as plain digits, null as nothing.
  struct Scalar {
    std::string_view text;
    bool compound = false;  // an object or an array instead
  };
  simdjson::error_code ReadScalar(Value& value, Scalar& scalar) {
    json_type type{};
    if (const auto error = value.type().get(type)) return error;
    switch (type) {
      case json_type::string:
        return value.get_string().get(scalar.text);
      case json_type::boolean: {
        bool truth = false;
        const auto error = value.get_bool().get(truth);
        scalar.text = truth ? "true" : "false";
        return error;
      }
      case json_type::null: {
        bool null = false;
        if (const auto error = value.is_null().get(null)) return error;
        return null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
      }
      case json_type::number: {
        std::string_view raw = text::Trim(value.raw_json_token());
        std::optional<std::string> plain = PlainDigits(raw);
        if (!plain.has_value()) return simdjson::NUMBER_ERROR;
        digits_ = std::move(*plain);
        scalar.text = digits_;
        return simdjson::SUCCESS;
      }
      default:
        scalar.compound = true;
        return simdjson::SUCCESS;
    }
  }

  simdjson::error_code ReadCell(std::uint32_t fact, std::int32_t year, const Unit& unit,
                                std::string_view name, Value& value, Problems& problems) {
    Scalar scalar;
    if (const auto error = ReadScalar(value, scalar)) return error;
    const std::uint32_t lane = year == 0 ? filler_.row() : filler_.builder().LaneOfYear(filler_.row(), year);
    PutScalar(fact, year, lane, record_stamp_, unit, name, scalar, problems);
    return simdjson::SUCCESS;
  }

  void PutScalar(std::uint32_t fact, std::int32_t year, std::uint32_t lane, std::uint64_t owner,
                 const Unit& unit, std::string_view name, const Scalar& scalar, Problems& problems) {
    if (IsTwice(fact, year, owner)) {
      filler_.Report(ProblemKind::kMemberTwice, problems, name, scalar.text);
    } else if (scalar.compound) {
      filler_.Report(ProblemKind::kNotOneValue, problems, name);
    } else {
      filler_.Put(fact, lane, scalar.text, unit, name, problems);
      return;
    }
    filler_.PutState(fact, lane, CellState::kUnreadable);
  }

  // Whether the owner (a record or an element, by its stamp) gave this fact before.
  bool IsTwice(std::uint32_t fact, std::int32_t year, std::uint64_t owner) {
    const std::size_t slot = year == 0 ? 0 : static_cast<std::size_t>(year - kFirstSeriesYear + 1);
    return std::exchange(stamps_[fact * (kMostYears + 1) + slot], owner) == owner;
  }

  simdjson::error_code ReadSeries(const Member& member, std::string_view name, Value& value,
                                  Problems& problems) {
    json_type type{};
    if (const auto error = value.type().get(type)) return error;
    if (type != json_type::object) {
      Scalar scalar;
      if (const auto error = ReadScalar(value, scalar)) return error;
      std::string scratch;
      const bool blank =
          !scalar.compound && MarkerOf(text::FoldWidth(text::Trim(scalar.text), scratch)) != Marker::kNone;
      if (!blank) filler_.Report(ProblemKind::kNotYears, problems, name, scalar.text);
      return simdjson::SUCCESS;
    }
    Object years;
    if (const auto error = value.get_object().get(years)) return error;
    const std::string series{name};
    for (auto field : years) {
      std::string_view written;
      Value cell;
      if (const auto error = field.unescaped_key().get(written)) return error;
      if (const auto error = field.value().get(cell)) return error;
      const std::optional<std::int32_t> year = SeriesYear(written);
      if (!year.has_value()) {
        filler_.Report(ProblemKind::kNotSeriesYear, problems, series, written,
                       {std::to_string(kFirstSeriesYear), std::to_string(kLastSeriesYear)});
        continue;
      }
      const std::string header = series + "." + std::to_string(*year);
      if (const auto error = ReadCell(member.index, *year, member.unit, header, cell, problems)) return error;
    }
    return simdjson::SUCCESS;
  }

  // {"plan": {"budget": true}} for the facts plan.budget, plan.schedule…
  simdjson::error_code ReadGroup(std::string_view name, Value& value, Problems& problems) {
    json_type type{};
    if (const auto error = value.type().get(type)) return error;
    if (type == json_type::null) return simdjson::SUCCESS;
    Object items;
    if (type != json_type::object) {
      filler_.Report(ProblemKind::kUnknownMember, problems, name);
      return simdjson::SUCCESS;
    }
    if (const auto error = value.get_object().get(items)) return error;
    const std::string prefix = std::string{name} + ".";
    for (auto field : items) {
      std::string_view item;
      Value cell;
      if (const auto error = field.unescaped_key().get(item)) return error;
      if (const auto error = field.value().get(cell)) return error;
      const std::string full = prefix + std::string{item};
      const Member member = MemberOf(full, problems);
      if (member.kind != Member::Kind::kFact) continue;
      if (const auto error = ReadFact(member, full, cell, problems)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadList(std::uint32_t domain, std::string_view name, Value& value,
                                Problems& problems) {
    const Tables* const tables = filler_.shared().tables;
    json_type type{};
    if (const auto error = value.type().get(type)) return error;
    if (type == json_type::null) return simdjson::SUCCESS;
    const bool disputed = tables != nullptr && tables->IsGiven(domain);
    if (disputed || type != json_type::array) {
      filler_.Report(disputed ? ProblemKind::kListInRecordAndTable : ProblemKind::kNotElements, problems,
                     name);
      if (disputed) filler_.DisputeList(domain);
      return simdjson::SUCCESS;
    }
    if (std::exchange(list_stamps_[domain], record_stamp_) == record_stamp_) {
      filler_.Report(ProblemKind::kMemberTwice, problems, name);
      filler_.KnowList(domain, false);
      return simdjson::SUCCESS;
    }
    filler_.KnowList(domain, true);
    const std::string list{name};
    simdjson::ondemand::array elements;
    if (const auto error = value.get_array().get(elements)) return error;
    for (auto element : elements) {
      Value item;
      if (const auto error = element.get(item)) return error;
      json_type item_type{};
      if (const auto error = item.type().get(item_type)) return error;
      if (item_type != json_type::object) {
        filler_.Report(ProblemKind::kNotElements, problems, list);
        filler_.KnowList(domain, false);
        continue;
      }
      Object fields;
      if (const auto error = item.get_object().get(fields)) return error;
      if (const auto error = ReadElement(domain, list, fields, problems)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code ReadElement(std::uint32_t domain, const std::string& list, Object& fields,
                                   Problems& problems) {
    const std::uint32_t lane = filler_.builder().AddElement(domain);
    const std::uint64_t owner = ++stamp_;
    for (auto field : fields) {
      std::string_view name;
      Value value;
      if (const auto error = field.unescaped_key().get(name)) return error;
      if (const auto error = field.value().get(value)) return error;
      const Member member = FieldOf(domain, list, name, problems);
      if (member.kind != Member::Kind::kFact) continue;
      const std::string header = list + "." + std::string{name};
      Scalar scalar;
      if (const auto error = ReadScalar(value, scalar)) return error;
      PutScalar(member.index, 0, lane, owner, member.unit, header, scalar, problems);
    }
    return simdjson::SUCCESS;
  }

  // ---- Names
  // -------------------------------------------------------------------------------------------------------

  Member MemberOf(std::string_view name, Problems& problems) {
    const auto cached = members_.find(name);
    if (cached != members_.end()) return cached->second;
    const Member member = ResolveMember(name, problems);
    if (members_.size() < kMostCached) members_.emplace(name, member);
    return member;
  }

  Member ResolveMember(std::string_view name, Problems& problems) const {
    const std::optional<HeaderMatch> match = names_.Find(name);
    if (match.has_value()) {
      const Fact& fact = schema_.facts[match->fact];
      const bool series = fact.domain != 0 && match->year == 0;
      if (!Fits(fact.type, match->unit)) {
        filler_.Report(ProblemKind::kUnitOfColumn, problems, name, {},
                       {std::string{name}, NameWithYear(fact, match->year),
                        KindName(fact.type, filler_.shared().chinese)});
        return {};
      }
      return {series ? Member::Kind::kSeries : Member::Kind::kFact, match->fact, match->year, match->unit};
    }
    if (const auto list = names_.FindListName(name)) return {Member::Kind::kList, *list, 0, Unit{}};
    const std::string prefix = text::FoldName(name) + ".";
    for (const Fact& fact : schema_.facts) {
      if (fact.domain == 0 && text::FoldName(fact.naming.name).starts_with(prefix)) {
        return {Member::Kind::kGroup, 0, 0, Unit{}};
      }
    }
    ReportUnknown(name, names_.NearestFact(name), problems);
    return {};
  }

  Member FieldOf(std::uint32_t domain, const std::string& list, std::string_view name, Problems& problems) {
    MemberCache& cache = field_members_[domain];
    const auto cached = cache.find(name);
    if (cached != cache.end()) return cached->second;
    Member member;
    if (const auto match = names_.FindField(domain, name)) {
      member = {Member::Kind::kFact, match->fact, 0, match->unit};
    } else {
      ReportUnknown(list + "." + std::string{name}, std::nullopt, problems);
    }
    if (cache.size() < kMostCached) cache.emplace(name, member);
    return member;
  }

  void ReportUnknown(std::string_view name, const std::optional<std::string>& nearest,
                     Problems& problems) const {
    std::vector<std::string> arguments;
    if (nearest.has_value()) arguments.push_back(*nearest);
    filler_.Report(nearest.has_value() ? ProblemKind::kUnknownMemberNear : ProblemKind::kUnknownMember,
                   problems, name, {}, std::move(arguments));
  }

  const program::Schema& schema_;
  FactNames names_;
  Filler filler_;
  JsonRecords records_;
  simdjson::ondemand::parser parser_;
  MemberCache members_;
  std::vector<MemberCache> field_members_;  // by list domain
  std::vector<std::uint64_t> stamps_;       // by fact and year: who gave it last
  std::vector<std::uint64_t> list_stamps_;  // by domain: the record that gave the list last
  std::uint64_t stamp_ = 0;
  std::uint64_t record_stamp_ = 0;
  std::string key_;
  std::string digits_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Reader> OpenJson(const program::Schema& schema, Shared& shared, std::uint32_t file,
                                 TextSource source, Problems& problems) {
  return std::make_unique<JsonReader>(schema, shared, file, std::move(source), problems);
}

}  // namespace pol::records
