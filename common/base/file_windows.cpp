// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <system_error>
#include <windows.h>

namespace vorfahrt {
namespace {

constexpr DWORD kMaxWrite = 1024 * 1024;

Status problem(std::string_view what) {
    const DWORD number = ::GetLastError();
    const ErrorCode code = number == ERROR_DISK_FULL || number == ERROR_HANDLE_DISK_FULL
                               ? ErrorCode::NoSpace
                               : ErrorCode::Unavailable;
    return fail(code, std::string(what) + ": Windows error " + std::to_string(number));
}

class Handle {
public:
    explicit Handle(HANDLE handle)
        : handle_(handle) {}
    ~Handle() {
        if (isOpen()) {
            ::CloseHandle(handle_);
        }
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    [[nodiscard]] bool isOpen() const {
        return handle_ != INVALID_HANDLE_VALUE && handle_ != nullptr;
    }
    [[nodiscard]] HANDLE get() const { return handle_; }

private:
    HANDLE handle_;
};

// A security descriptor that lets this user and the system in, and nobody by inheritance. It points
// into itself: made in place, never moved.
class PrivateAccess {
public:
    // Of a folder: what is made in it is private as well.
    explicit PrivateAccess(bool folder) {
        HANDLE token = nullptr;
        if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token) == 0) {
            return;
        }
        const Handle closing(token);
        DWORD size = static_cast<DWORD>(user_.size());
        DWORD systemSize = static_cast<DWORD>(system_.size());
        if (::GetTokenInformation(token, TokenUser, user_.data(), size, &size) == 0 ||
            ::CreateWellKnownSid(WinLocalSystemSid, nullptr, system_.data(), &systemSize) == 0) {
            return;
        }
        auto* acl = reinterpret_cast<ACL*>(acl_.data());
        const auto* user = reinterpret_cast<const TOKEN_USER*>(user_.data());
        const DWORD inherit = folder ? CONTAINER_INHERIT_ACE | OBJECT_INHERIT_ACE : 0;
        made_ =
            ::InitializeAcl(acl, static_cast<DWORD>(acl_.size()), ACL_REVISION) != 0 &&
            ::AddAccessAllowedAceEx(acl, ACL_REVISION, inherit, FILE_ALL_ACCESS, user->User.Sid) !=
                0 &&
            ::AddAccessAllowedAceEx(acl, ACL_REVISION, inherit, FILE_ALL_ACCESS, system_.data()) !=
                0 &&
            ::InitializeSecurityDescriptor(&descriptor_, SECURITY_DESCRIPTOR_REVISION) != 0 &&
            ::SetSecurityDescriptorDacl(&descriptor_, TRUE, acl, FALSE) != 0 &&
            ::SetSecurityDescriptorControl(&descriptor_, SE_DACL_PROTECTED, SE_DACL_PROTECTED) != 0;
        attributes_.nLength = sizeof attributes_;
        attributes_.lpSecurityDescriptor = &descriptor_;
    }
    PrivateAccess(const PrivateAccess&) = delete;
    PrivateAccess& operator=(const PrivateAccess&) = delete;

    [[nodiscard]] bool isMade() const { return made_; }
    [[nodiscard]] SECURITY_ATTRIBUTES* attributes() { return &attributes_; }
    [[nodiscard]] bool applyTo(const std::filesystem::path& path) {
        return ::SetFileSecurityW(path.c_str(),
                                  DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                  &descriptor_) != 0;
    }

private:
    alignas(std::max_align_t) std::array<std::byte, 256> user_{};
    alignas(std::max_align_t) std::array<std::byte, SECURITY_MAX_SID_SIZE> system_{};
    alignas(std::max_align_t) std::array<std::byte, 512> acl_{};
    SECURITY_DESCRIPTOR descriptor_{};
    SECURITY_ATTRIBUTES attributes_{};
    bool made_ = false;
};

Status writeAll(const Handle& file, std::string_view content) {
    while (!content.empty()) {
        const auto size = static_cast<DWORD>(std::min<std::size_t>(content.size(), kMaxWrite));
        DWORD written = 0;
        if (::WriteFile(file.get(), content.data(), size, &written, nullptr) == 0) {
            return problem("write");
        }
        content.remove_prefix(written);
    }
    return ::FlushFileBuffers(file.get()) != 0 ? Status{} : problem("flush");
}

}  // namespace

std::string utf8Of(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

Status makePrivateFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(ErrorCode::Unavailable, "folder: " + error.message());
    }
    PrivateAccess access(true);
    return access.isMade() && access.applyTo(folder) ? Status{} : problem("access of the folder");
}

Status createPrivateFile(const std::filesystem::path& file) {
    PrivateAccess access(false);
    if (!access.isMade()) {
        return problem("access");
    }
    const Handle made(::CreateFileW(file.c_str(), GENERIC_WRITE, 0, access.attributes(), CREATE_NEW,
                                    FILE_ATTRIBUTE_NORMAL, nullptr));
    return made.isOpen() || ::GetLastError() == ERROR_FILE_EXISTS ? Status{} : problem("create");
}

Status replaceFile(const std::filesystem::path& file, std::string_view content) {
    std::filesystem::path fresh = file;
    fresh += ".new";
    ::DeleteFileW(fresh.c_str());  // of a run that was ended between
    PrivateAccess access(false);
    if (!access.isMade()) {
        return problem("access");
    }
    {
        const Handle out(::CreateFileW(fresh.c_str(), GENERIC_WRITE, 0, access.attributes(),
                                       CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
        if (!out.isOpen()) {
            return problem("create");
        }
        VF_CHECK(writeAll(out, content));
    }
    if (::MoveFileExW(fresh.c_str(), file.c_str(),
                      MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) == 0) {
        auto status = problem("rename");
        ::DeleteFileW(fresh.c_str());
        return status;
    }
    return {};
}

}  // namespace vorfahrt
