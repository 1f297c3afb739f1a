// Which sheets of a workbook hold the records and their lists: by --sheet, by name, or else by the headers
// that their first rows have. Tested by tests/runtime/workbook_reader_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/program/schema.h"
#include "runtime/records/filler.h"
#include "runtime/records/problems.h"
#include "runtime/workbook/workbook.h"

namespace pol::records {

struct ListSheet {
  std::uint32_t domain = 0;
  std::size_t sheet = 0;
};

struct ChosenSheets {
  std::size_t records = 0;
  std::vector<ListSheet> lists;
};

// False after a kFile problem.
//
// The records: the sheet of --sheet; else the one named after the record; else, of the visible sheets not
// named after a list, the one with the key's column and the most facts. Where two are equal in that, it is
// not known which is meant. A sheet named after a list is that list.
bool ChooseSheets(const program::Schema& schema, const workbook::Workbook& workbook, const Shared& shared,
                  std::uint32_t file, ChosenSheets& chosen, Problems& problems);

// What is wrong with a workbook as a file, as a problem of the data.
Problem ToProblem(const workbook::Fault& fault, const std::string& file);

}  // namespace pol::records
