#include "intake/system_error.h"

#include <cerrno>
#include <system_error>

namespace onrecord {

Error error_of_system(int number, const std::string& path) {
  const auto error = [&](ErrorCode code, std::string message) {
    return Error{code, std::move(message), path, {}, {}};
  };
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return error(ErrorCode::kNotFound, "no such file or folder");
    case EACCES:
    case EPERM:
      return {ErrorCode::kUnreadable, "no permission to read it", path, {}, {}, "Check its permissions."};
    case ELOOP:
      return error(ErrorCode::kUnreadable, "a symbolic link that leads to itself");
    default:
      return error(ErrorCode::kUnreadable, std::generic_category().message(number));
  }
}

}  // namespace onrecord
