#include "runtime/workbook/xml_stream.h"

#include <expat.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <string>
#include <utility>

namespace pol::workbook {
namespace {

constexpr int kStep = 1 << 16;

std::string_view LocalName(std::string_view name) { return name.substr(name.rfind(':') + 1); }

}  // namespace

std::string_view XmlAttributes::Find(std::string_view name, std::string_view otherwise) const {
  std::string_view found = otherwise;
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (pair[0] == name) return pair[1];
    if (LocalName(pair[0]) == name) found = pair[1];
  }
  return found;
}

bool IsTrue(std::string_view attribute) { return attribute == "1" || attribute == "true"; }

std::uint32_t ToNumber(std::string_view digits, std::uint32_t otherwise) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() ? number : otherwise;
}

// Around expat. Its callbacks are C: what a handler throws is kept until expat has returned.
struct XmlStream::Parser {
  Parser(std::unique_ptr<PartStream> stream, std::string name, XmlHandler& elements)
      : part(std::move(stream)),
        part_name(std::move(name)),
        handler(elements),
        expat(XML_ParserCreate(nullptr)) {
    if (expat == nullptr) throw std::bad_alloc();
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, OnStart, OnEnd);
    XML_SetCharacterDataHandler(expat, OnText);
    XML_SetStartDoctypeDeclHandler(expat, OnDoctype);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { XML_ParserFree(expat); }

  template <typename Call>
  void Guard(const Call& call) {
    if (thrown != nullptr || fault.any()) return;
    try {
      call();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(expat, XML_FALSE);
    }
    if (!handler.refusal.empty()) return Refuse(std::string{handler.refusal});
    if (handler.pause && thrown == nullptr) XML_StopParser(expat, XML_TRUE);
    handler.pause = false;
  }
  void Refuse(std::string reason) {
    fault = {FaultKind::kDamaged, part_name, std::move(reason)};
    XML_StopParser(expat, XML_FALSE);
  }

  static void OnStart(void* self, const char* name, const char** attributes) {
    auto& parser = *static_cast<Parser*>(self);
    if (++parser.depth > kMostDepth) return parser.Refuse("its elements are nested too deeply");
    parser.Guard([&] { parser.handler.Start(LocalName(name), XmlAttributes{attributes}); });
  }
  static void OnEnd(void* self, const char* name) {
    auto& parser = *static_cast<Parser*>(self);
    --parser.depth;
    parser.Guard([&] { parser.handler.End(LocalName(name)); });
  }
  static void OnText(void* self, const char* text, int length) {
    auto& parser = *static_cast<Parser*>(self);
    parser.Guard([&] { parser.handler.Text({text, static_cast<std::size_t>(length)}); });
  }
  static void OnDoctype(void* self, const char* /*name*/, const char* /*system*/, const char* /*open*/,
                        int /*internal*/) {
    static_cast<Parser*>(self)->Refuse("it has a document type");
  }

  // Feeds the next piece; false when there is none or it is refused.
  XML_Status Feed() {
    void* const buffer = XML_GetBuffer(expat, kStep);
    if (buffer == nullptr) throw std::bad_alloc();
    const std::size_t count = part->Read(static_cast<char*>(buffer), kStep);
    if (count == 0 && part->fault().any()) {
      fault = part->fault();
      return XML_STATUS_ERROR;
    }
    fed += count;
    last = count == 0;
    return XML_ParseBuffer(expat, static_cast<int>(count), last ? XML_TRUE : XML_FALSE);
  }

  bool Advance() {
    while (!done) {
      const XML_Status status = std::exchange(suspended, false) ? XML_ResumeParser(expat) : Feed();
      if (thrown != nullptr) std::rethrow_exception(std::exchange(thrown, nullptr));
      if (status == XML_STATUS_SUSPENDED) {
        suspended = true;
        return true;
      }
      if (status == XML_STATUS_ERROR && !fault.any()) {
        fault = {FaultKind::kDamaged, part_name,
                 "line " + std::to_string(XML_GetCurrentLineNumber(expat)) + ": " +
                     XML_ErrorString(XML_GetErrorCode(expat))};
      }
      // Text comes in pieces; what expat holds back is the beginning of a tag.
      const XML_Index parsed = XML_GetCurrentByteIndex(expat);
      const bool held = parsed >= 0 && fed - std::min(fed, static_cast<std::uint64_t>(parsed)) > kMostTag;
      if (!fault.any() && held) fault = {FaultKind::kDamaged, part_name, "a tag in it is too long"};
      done = last || fault.any();
    }
    return false;
  }

  std::unique_ptr<PartStream> part;
  std::string part_name;
  XmlHandler& handler;
  XML_Parser expat;
  std::exception_ptr thrown;
  Fault fault;
  std::uint64_t fed = 0;
  std::uint32_t depth = 0;
  bool suspended = false;
  bool last = false;
  bool done = false;
};

XmlStream::XmlStream(std::unique_ptr<PartStream> part, std::string name, XmlHandler& handler)
    : parser_(std::make_unique<Parser>(std::move(part), std::move(name), handler)) {}
XmlStream::~XmlStream() = default;

bool XmlStream::Advance() { return parser_->Advance(); }

const Fault& XmlStream::fault() const { return parser_->fault; }

bool ReadXml(const Archive& archive, const std::string& part, std::uint64_t most_bytes, XmlHandler& handler,
             Fault& fault) {
  std::unique_ptr<PartStream> stream = archive.Open(part, most_bytes, fault);
  if (stream == nullptr) return false;
  XmlStream xml(std::move(stream), part, handler);
  while (xml.Advance()) {
  }
  fault = xml.fault();
  return !fault.any();
}

}  // namespace pol::workbook
