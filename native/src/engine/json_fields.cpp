#include "engine/json_fields.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace rtms::json_fields {

namespace dom = simdjson::dom;

std::optional<std::int64_t> integerOf(dom::element element) {
    switch (element.type()) {
    case dom::element_type::INT64:
        return element.get_int64().value_unsafe();
    case dom::element_type::DOUBLE: {
        const double value = element.get_double().value_unsafe();
        constexpr double bound = 9007199254740992.0; // 2^53: exact below
        return std::abs(value) <= bound ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
    }
    case dom::element_type::STRING: {
        const std::string_view text = element.get_string().value_unsafe();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        return whole ? std::optional(value) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

std::int64_t integerOr(dom::element element, std::int64_t otherwise) { return integerOf(element).value_or(otherwise); }

std::int32_t narrowOr(std::int64_t value, std::int32_t otherwise) {
    const bool fits =
        value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max();
    return fits ? static_cast<std::int32_t>(value) : otherwise;
}

std::int32_t smallOr(dom::element element, std::int32_t otherwise) {
    return narrowOr(integerOr(element, otherwise), otherwise);
}

std::string_view textOf(dom::element element) {
    return element.is_string() ? element.get_string().value_unsafe() : std::string_view();
}

dom::object objectOf(dom::element element, const char *complaint) {
    if (!element.is_object()) {
        throw MalformedMessage(complaint);
    }
    return element.get_object().value_unsafe();
}

std::int64_t required(dom::object object, std::string_view key, const char *complaint) {
    dom::element element;
    if (object[key].get(element) == simdjson::SUCCESS) {
        if (const auto value = integerOf(element)) {
            return *value;
        }
    }
    throw MalformedMessage(complaint);
}

} // namespace rtms::json_fields
