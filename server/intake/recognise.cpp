// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/recognise.h"

#include "server/intake/adf.h"
#include "server/intake/label_mail.h"
#include "server/intake/text.h"

#include <optional>

namespace vorfahrt::server::intake {
namespace {

constexpr std::size_t kLargestAdf = 2U << 20U;

Recognition refused(NotRecognised why, std::string reason) {
    Recognition out;
    out.why = why;
    out.reason = std::move(reason);
    return out;
}

// The charset of an XML file by its byte order mark or declaration.
std::string xmlCharset(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) {
        return "utf-16le";
    }
    if (bytes.starts_with("\xFE\xFF")) {
        return "utf-16be";
    }
    const std::string_view head = bytes.substr(0, 200);
    std::size_t at = findNoCase(head, "encoding=");
    if (at == std::string_view::npos) {
        return {};
    }
    at += 9;
    if (at < head.size() && (head[at] == '"' || head[at] == '\'')) {
        ++at;
    }
    const std::size_t end = head.find_first_of("\"' ?>", at);
    return std::string(head.substr(at, end == std::string_view::npos ? end : end - at));
}

// Everything that may hold ADF, best first; text is made only when asked for.
std::vector<std::string> adfCandidates(const Mail& mail) {
    std::vector<std::string> out;
    for (const MailAttachment& one : mail.attachments) {
        const bool binary = one.contentType.starts_with("image/") ||
                            one.contentType.starts_with("video/") ||
                            one.contentType.starts_with("audio/");
        if (!binary && one.bytes.size() <= kLargestAdf) {
            out.push_back(toUtf8(one.bytes, xmlCharset(one.bytes)));
        }
    }
    out.push_back(clip(mail.textBody, kLargestAdf));
    out.push_back(clip(mail.htmlBody, kLargestAdf));
    for (const std::string& comment : mail.htmlComments) {
        out.push_back(clip(comment, kLargestAdf));
    }
    return out;
}

std::optional<Recognition> asAdf(const Mail& mail, std::string& reason) {
    for (const std::string& text : adfCandidates(mail)) {
        auto parsed = parseAdf(text);
        if (parsed) {
            Recognition out;
            out.enquiries = std::move(*parsed);
            out.parser = kAdfParser;
            return out;
        }
        if (parsed.error().code != ErrorCode::NotFound) {
            reason = parsed.error().detail;
        }
    }
    return std::nullopt;
}

}  // namespace

Recognition recognise(const Mail& mail, const std::vector<MailRule>& rules) {
    if (mail.deliveryReport) {
        return refused(NotRecognised::DeliveryReport, "delivery report");
    }
    if (mail.autoReply) {
        return refused(NotRecognised::AutoReply, "automatic reply");
    }
    if (mail.bulk) {
        return refused(NotRecognised::Bulk, "bulk mail");
    }
    std::string reason;
    if (auto adf = asAdf(mail, reason)) {
        return std::move(*adf);
    }
    for (const MailRule& rule : rules) {
        if (!ruleMatches(rule, mail)) {
            continue;
        }
        auto parsed = parseLabelMail(rule, mail);
        if (parsed) {
            Recognition out;
            out.enquiries.push_back(std::move(*parsed));
            out.parser = rule.name + "/" + std::to_string(rule.version);
            return out;
        }
        if (reason.empty()) {
            reason = parsed.error().detail;
        }
    }
    if (reason.empty()) {
        return refused(NotRecognised::NoRule, "no rule for this sender and subject");
    }
    return refused(NotRecognised::Incomplete, reason);
}

}  // namespace vorfahrt::server::intake
