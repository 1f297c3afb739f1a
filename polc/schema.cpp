// `polc schema POLICY`: what data a policy needs, as an empty form. Tested by tests/golden/schema/.
#include <algorithm>
#include <filesystem>
#include <memory>

#include "polc/command_line.h"
#include "polc/schema_form.h"
#include "runtime/records/cells.h"

namespace polc {
namespace {

struct SchemaOptions {
  Common common;
  std::string policy;
  std::string format = "csv";
  std::string output = "-";
  std::string years;
  std::string as_of;
  bool all = false;
};

// Spreadsheets take a CSV file for UTF-8 by its first bytes.
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// A table's file: in the folder, or beside the first table's.
std::string PathOf(const FormTable& table, bool first, const std::string& output) {
  std::error_code code;
  const std::filesystem::path path(output);
  if (output.ends_with('/') || std::filesystem::is_directory(path, code))
    return (path / (table.name + ".csv")).string();
  if (first) return output;
  return (path.parent_path() / (path.stem().string() + "." + table.name + ".csv")).string();
}

int WriteCsv(const std::vector<FormTable>& tables, const SchemaOptions& options) {
  if (options.output == "-") return WriteWhole("-", FormAsCsv(tables.front()), options.common);
  for (const FormTable& table : tables) {
    const std::string path = PathOf(table, &table == &tables.front(), options.output);
    if (!KeepsInputs(path, {options.policy}, options.common)) return kFailed;
    if (WriteWhole(path, std::string{kByteOrderMark} + FormAsCsv(table), options.common) != kDone)
      return kFailed;
  }
  return kDone;
}

bool ChooseYears(const pol::program::Program& program, const SchemaOptions& options, FormOptions& form) {
  if (!options.years.empty()) {
    form.years = ParseYears(options.years);
    if (!form.years) PrintError(Message::kBadYears, options.common, {options.years});
    return form.years.has_value();
  }
  if (!options.as_of.empty()) {
    const std::optional<std::int32_t> as_of = pol::records::ParseDate(options.as_of);
    if (!as_of) PrintError(Message::kBadAsOf, options.common, {options.as_of});
    if (!as_of) return false;
    form.years = YearsAskedFor(program, *as_of);
  }
  if (form.years || options.format == "json" || !HasSeries(program.schema, options.all)) return true;
  PrintError(Message::kYearsNeeded, options.common);
  return false;
}

int RunSchema(const SchemaOptions& options) {
  const std::optional<pol::program::Program> program = LoadProgram(options.policy, options.common);
  if (!program || !KeepsInputs(options.output, {options.policy}, options.common)) return kFailed;
  FormOptions form{.years = std::nullopt, .all = options.all};
  if (!ChooseYears(*program, options, form)) return kFailed;
  if (options.format == "json")
    return WriteWhole(options.output, FormAsJsonSchema(*program, form, options.common.chinese),
                      options.common);
  const std::vector<FormTable> tables = MakeForm(*program, form);
  if (options.format == "csv") return WriteCsv(tables, options);
  const std::optional<std::string> workbook = FormAsWorkbook(tables, options.common);
  return workbook ? WriteWhole(options.output, *workbook, options.common) : kFailed;
}

}  // namespace

void AddSchema(CLI::App& application, Action& action) {
  CLI::App* verb = application.add_subcommand("schema", "print what data a policy needs, as an empty form");
  auto options = std::make_shared<SchemaOptions>();
  verb->add_option("POLICY", options->policy, "a .pol or .polb file")->required()->type_name("FILE");
  verb->add_option("--format", options->format,
                   "the form: the headers of CSV files (default), a workbook, or a JSON Schema")
      ->type_name("csv|xlsx|json");
  verb->add_option(
          "-o,--output", options->output,
          "the file or folder to write, with a file for each list; default: standard output, without lists")
      ->type_name("FILE");
  verb->add_option("--years", options->years, "the years of yearly figures, as in 2021..2023")
      ->type_name("YEARS");
  verb->add_option("--as-of", options->as_of, "the years that the policy looks at on this day")
      ->type_name("DATE");
  verb->add_flag("--all", options->all, "facts that no decision reads, too");
  AddLanguage(*verb, options->common);
  verb->callback([options, &action] { action = [options] { return RunSchema(*options); }; });
}

}  // namespace polc
