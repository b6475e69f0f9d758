#ifndef RTMS_ENGINE_JSON_FIELDS_H
#define RTMS_ENGINE_JSON_FIELDS_H

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

#include <simdjson.h>

namespace rtms {

/// The bytes are not a message of the protocol. The text says why and quotes nothing.
class MalformedMessage : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Single fields of a message, read with the tolerances that rtms-protocol.md names.
namespace json_fields {

/// An integer of 64 bits, written as a number or as a string; nothing where it is neither.
std::optional<std::int64_t> integerOf(simdjson::dom::element element);

std::int64_t integerOr(simdjson::dom::element element, std::int64_t otherwise);

/// The value, or `otherwise` where it takes more than 32 bits.
std::int32_t narrowOr(std::int64_t value, std::int32_t otherwise);

/// As integerOr(), for numbers of 32 bits; what does not fit is `otherwise`.
std::int32_t smallOr(simdjson::dom::element element, std::int32_t otherwise);

/// A string; empty where the element is none.
std::string_view textOf(simdjson::dom::element element);

/// Throws MalformedMessage with the complaint where the element is no object.
simdjson::dom::object objectOf(simdjson::dom::element element, const char *complaint);

/// The integer under this key; throws MalformedMessage with the complaint where there is none.
std::int64_t required(simdjson::dom::object object, std::string_view key, const char *complaint);

} // namespace json_fields

} // namespace rtms

#endif
