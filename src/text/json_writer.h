// Writes JSON, in the order it is told, always valid.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "onrecord/span.h"

namespace onrecord {

/// Appends JSON to a string. Commas and quotes are its business:
///
///   JsonWriter json;
///   json.begin_object();
///   json.key("id"), json.value("q1");
///   json.key("spans"), json.begin_array(), json.value(3), json.end_array();
///   json.end_object();
///
/// Text must be UTF-8; invalid bytes are written as U+FFFD. Numbers are written in the shortest form that
/// reads back the same, so that the same value always gives the same bytes.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(double number);
  void value(float number);
  template <std::integral Number>
  void value(Number number) {
    if constexpr (std::same_as<Number, bool>) {
      raw(number ? "true" : "false");
    } else {
      raw(std::to_string(number));
    }
  }
  void null() { raw("null"); }
  /// JSON that was made elsewhere, as it is.
  void raw(std::string_view json);

  template <class Value>
  void member(std::string_view name, const Value& of) {
    key(name);
    value(of);
  }
  /// null when empty.
  void member_or_null(std::string_view name, std::string_view text);

  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace onrecord
