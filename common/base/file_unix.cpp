// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace vorfahrt {
namespace {

constexpr mode_t kPrivateFile = 0600;

Status problem(std::string_view what) {
    const ErrorCode code =
        errno == ENOSPC || errno == EDQUOT ? ErrorCode::NoSpace : ErrorCode::Unavailable;
    return fail(code, std::string(what) + ": " + std::generic_category().message(errno));
}

class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] bool isOpen() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

Status writeAll(const Descriptor& file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return problem("write");
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file.number()) == 0 ? Status{} : problem("flush");
}

}  // namespace

std::string utf8Of(const std::filesystem::path& path) {
    return path.string();
}

Status makePrivateFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(ErrorCode::Unavailable, "folder: " + error.message());
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    return error ? fail(ErrorCode::Unavailable, "mode of the folder") : Status{};
}

Status createPrivateFile(const std::filesystem::path& file) {
    const Descriptor made(
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivateFile));
    return made.isOpen() || errno == EEXIST ? Status{} : problem("create");
}

Status replaceFile(const std::filesystem::path& file, std::string_view content) {
    std::filesystem::path fresh = file;
    fresh += ".new";
    ::unlink(fresh.c_str());  // of a run that was ended between
    {
        const Descriptor out(
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivateFile));
        if (!out.isOpen()) {
            return problem("create");
        }
        if (auto status = writeAll(out, content); !status) {
            ::unlink(fresh.c_str());
            return status;
        }
    }
    if (::rename(fresh.c_str(), file.c_str()) != 0) {
        auto status = problem("rename");
        ::unlink(fresh.c_str());
        return status;
    }
    // The new name is durable with its folder.
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return parent.isOpen() && ::fsync(parent.number()) == 0 ? Status{} : problem("flush folder");
}

}  // namespace vorfahrt
