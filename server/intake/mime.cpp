// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/mime.h"

#include "server/intake/html_text.h"
#include "server/intake/text.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace vorfahrt::server::intake {
namespace {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref<T>>;

struct OptionsFree {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
using Options = std::unique_ptr<GMimeParserOptions, OptionsFree>;

void initOnce() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

Options makeOptions() {
    Options options(g_mime_parser_options_new());
    const char* charsets[] = {"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(options.get(), charsets);
    return options;
}

std::string text(const char* value, std::size_t most) {
    return value == nullptr ? std::string{} : clip(toUtf8(value, {}), most);
}

// Boundaries nested deeper than any honest mail would cost the parser stack and time.
bool tooManyBoundaries(std::string_view raw, std::size_t most) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = findNoCase(raw, "boundary", at)) != std::string_view::npos;
         at += 8) {
        if (++count > most) {
            return true;
        }
    }
    return false;
}

// GMime takes the line end of the first boundary for all of them and so eats a byte where they are
// mixed. SMTP knows CRLF only (binary parts need BINARYMIME, which nobody is offered).
std::optional<std::string> evenLineEnds(std::string_view raw) {
    std::size_t crlf = 0;
    std::size_t bare = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\n') {
            (i > 0 && raw[i - 1] == '\r' ? crlf : bare) += 1;
        }
    }
    if (crlf == 0 || bare == 0) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(raw.size() + bare);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) {
            out.push_back('\r');
        }
        out.push_back(raw[i]);
    }
    return out;
}

constexpr std::size_t kLongestAddressField = 8U << 10U;

bool startsAddressField(std::string_view line) {
    static constexpr std::array<std::string_view, 8> kNames = {
        "from", "sender", "reply-to", "to", "cc", "bcc", "disposition-notification-to", "resent-"};
    if (line.empty() ||
        std::string_view("fstcbdrFSTCBDR").find(line[0]) == std::string_view::npos) {
        return false;
    }
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
        return line.size() > name.size() && equalsNoCase(line.substr(0, name.size()), name);
    });
}

// GMime reads nested address groups ("a:b:c:...") by recursion: a long enough field ends the
// process. So a field longer than any honest one is cut, also in the headers of inner mails.
std::optional<std::string> shortAddressFields(std::string_view raw) {
    std::string out;
    std::size_t copied = 0;
    std::size_t at = 0;
    while (at < raw.size()) {
        std::size_t end = std::min(raw.find('\n', at), raw.size());
        if (startsAddressField(raw.substr(at, 32))) {
            while (end + 1 < raw.size() && (raw[end + 1] == ' ' || raw[end + 1] == '\t')) {
                end = std::min(raw.find('\n', end + 1), raw.size());
            }
            if (end - at > kLongestAddressField) {
                out += raw.substr(copied, at + kLongestAddressField - copied);
                copied = end;
            }
        }
        at = end + 1;
    }
    if (copied == 0) {
        return std::nullopt;
    }
    out += raw.substr(copied);
    return out;
}

class Reader {
public:
    Reader(GMimeMessage* message, const MimeLimits& limits, Mail& mail)
        : message_(message),
          limits_(limits),
          mail_(mail) {}

    void read(std::string_view raw) {
        headers();
        GMimeObject* body = g_mime_message_get_mime_part(message_);
        if (body != nullptr) {
            findCut(body, raw);
            const std::vector<GMimeObject*> top = {body};
            collect(top, Kind::Mixed, false, true, true, 0);
        }
        bodies();
    }

private:
    enum class Kind { Mixed, Alternative, Related };

    // ---- headers

    std::string rawHeader(const char* name) const {
        return text(g_mime_object_get_header(GMIME_OBJECT(message_), name), limits_.header);
    }

    void headers() {
        mail_.messageId = text(g_mime_message_get_message_id(message_), 998);
        mail_.subject = squeeze(text(g_mime_message_get_subject(message_), limits_.header));
        std::vector<MailAddress> from;
        addresses(g_mime_message_get_from(message_), from);
        if (!from.empty()) {
            mail_.fromName = from.front().name;
            mail_.fromAddress = from.front().address;
        }
        addresses(g_mime_message_get_to(message_), mail_.to);
        std::vector<MailAddress> reply;
        addresses(g_mime_message_get_reply_to(message_), reply);
        mail_.replyTo = reply.empty() ? std::string{} : reply.front().address;
        mail_.inReplyTo = clip(squeeze(rawHeader("In-Reply-To")), 998);
        if (GDateTime* date = g_mime_message_get_date(message_)) {
            mail_.date = fromUnixMs(g_date_time_to_unix(date) * 1000);
        }
        flags();
    }

    void flags() {
        const auto token = [&](const char* name) {
            const std::string value = lowerAscii(trim(rawHeader(name)));
            return std::string(
                trim(std::string_view(value).substr(0, value.find_first_of("; (\t"))));
        };
        const std::string automatic = token("Auto-Submitted");  // RFC 3834
        mail_.autoReply = automatic == "auto-replied" || token("Precedence") == "auto_reply" ||
                          !rawHeader("X-Autoreply").empty() || !rawHeader("X-Autorespond").empty();
        mail_.autoGenerated = !automatic.empty() && automatic != "no";
        const std::string precedence = token("Precedence");
        mail_.bulk = precedence == "bulk" || precedence == "list" || precedence == "junk";
        mail_.nullReturnPath = squeeze(rawHeader("Return-Path")) == "<>";
        GMimeObject* body = g_mime_message_get_mime_part(message_);
        GMimeContentType* type = body ? g_mime_object_get_content_type(body) : nullptr;
        mail_.deliveryReport = type && g_mime_content_type_is_type(type, "multipart", "report");
    }

    void addresses(InternetAddressList* list, std::vector<MailAddress>& out, int depth = 0) const {
        const int count = list ? internet_address_list_length(list) : 0;
        for (int i = 0; i < count && out.size() < limits_.addresses; ++i) {
            InternetAddress* one = internet_address_list_get_address(list, i);
            if (INTERNET_ADDRESS_IS_GROUP(one)) {
                if (depth < 4) {
                    addresses(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), out,
                              depth + 1);
                }
                continue;
            }
            if (INTERNET_ADDRESS_IS_MAILBOX(one)) {
                out.push_back(
                    {squeeze(text(internet_address_get_name(one), 998)),
                     text(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)), 998)});
            }
        }
    }

    // ---- the tree: which parts are body text and which are attachments (RFC 8621 section 4.1.4)

    struct TypeName {
        std::string type;
        std::string subtype;
        [[nodiscard]] bool is(std::string_view t, std::string_view s) const {
            return type == t && subtype == s;
        }
        [[nodiscard]] bool media() const {
            return type == "image" || type == "audio" || type == "video";
        }
    };

    static TypeName typeOf(GMimeObject* part) {
        GMimeContentType* type = g_mime_object_get_content_type(part);
        const char* major = type ? g_mime_content_type_get_media_type(type) : nullptr;
        const char* minor = type ? g_mime_content_type_get_media_subtype(type) : nullptr;
        return {lowerAscii(major ? major : "text"), lowerAscii(minor ? minor : "plain")};
    }

    static std::vector<GMimeObject*> children(GMimeObject* part, std::size_t most) {
        std::vector<GMimeObject*> out;
        const int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
        for (int i = 0; i < count && out.size() < most; ++i) {
            out.push_back(g_mime_multipart_get_part(GMIME_MULTIPART(part), i));
        }
        return out;
    }

    // Finds the part in which the mail ended, if its multipart was never closed. A delimiter as the
    // very last thing ends the part too, even where it is glued to the last line.
    void findCut(GMimeObject* part, std::string_view raw) {
        bool closed = true;
        raw = trim(raw);
        while (GMIME_IS_MULTIPART(part)) {
            const int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
            if (count == 0) {
                return;
            }
            closed = GMIME_MULTIPART(part)->write_end_boundary;
            const char* boundary = g_mime_multipart_get_boundary(GMIME_MULTIPART(part));
            const std::string open = std::string("--") + (boundary ? boundary : "\n");
            const std::string close = open + "--";
            const bool ended = raw.ends_with(open) || raw.ends_with(close);
            part = g_mime_multipart_get_part(GMIME_MULTIPART(part), count - 1);
            if (!closed && ended) {
                last_ = part;
                glued_ = raw.ends_with(close) ? close : open;
                closed = true;
            }
        }
        cut_ = closed ? nullptr : part;
    }

    void collect(const std::vector<GMimeObject*>& parts, Kind kind, bool inAlternative,
                 bool wantText, bool wantHtml, std::size_t depth) {
        const std::size_t textBefore = texts_.size();
        const std::size_t htmlBefore = htmls_.size();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (++seen_ > limits_.parts || depth > limits_.depth) {
                mail_.truncated = true;
                return;
            }
            GMimeObject* part = parts[i];
            if (GMIME_IS_MULTIPART(part)) {
                const TypeName type = typeOf(part);
                const Kind sub = type.subtype == "alternative" ? Kind::Alternative
                                 : type.subtype == "related"   ? Kind::Related
                                                               : Kind::Mixed;
                collect(children(part, limits_.parts), sub,
                        inAlternative || sub == Kind::Alternative, wantText, wantHtml, depth + 1);
            } else {
                leaf(part, kind, inAlternative, i == 0, wantText, wantHtml);
            }
        }
        if (kind == Kind::Alternative && wantText && wantHtml) {
            if (texts_.size() == textBefore && htmls_.size() > htmlBefore) {
                texts_.insert(texts_.end(), htmls_.begin() + std::ptrdiff_t(htmlBefore),
                              htmls_.end());
            } else if (htmls_.size() == htmlBefore && texts_.size() > textBefore) {
                htmls_.insert(htmls_.end(), texts_.begin() + std::ptrdiff_t(textBefore),
                              texts_.end());
            }
        }
    }

    void leaf(GMimeObject* part, Kind kind, bool inAlternative, bool first, bool& wantText,
              bool& wantHtml) {
        const TypeName type = typeOf(part);
        const bool plain = type.is("text", "plain");
        const bool html = type.is("text", "html");
        const char* disposition = g_mime_object_get_disposition(part);
        const bool attached = disposition && equalsNoCase(disposition, "attachment");
        const bool named = GMIME_IS_PART(part) && g_mime_part_get_filename(GMIME_PART(part));
        const bool body = GMIME_IS_PART(part) && !attached && (plain || html || type.media()) &&
                          (first || (kind != Kind::Related && (type.media() || !named)));
        if (!body || (type.media() && kind == Kind::Alternative)) {
            attach(part, type);
            return;
        }
        if (kind == Kind::Alternative) {
            (plain ? texts_ : htmls_).push_back({part, html});
            return;
        }
        if (inAlternative) {
            wantHtml = wantHtml && !plain;
            wantText = wantText && !html;
        }
        if (type.media()) {
            attach(part, type);
            return;
        }
        if (wantText) {
            texts_.push_back({part, html});
        }
        if (wantHtml) {
            htmls_.push_back({part, html});
        }
    }

    // ---- content

    // Decoded bytes, at most `most`; more than that counts as cut.
    std::string content(GMimeObject* part, std::size_t most) {
        GMimeDataWrapper* wrapper = g_mime_part_get_content(GMIME_PART(part));
        if (wrapper == nullptr) {
            return {};
        }
        const Owned<GMimeStream> memory(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(wrapper, memory.get());
        const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
        if (bytes == nullptr || bytes->data == nullptr) {
            return {};
        }
        const std::size_t size = std::min<std::size_t>(bytes->len, most);
        mail_.truncated = mail_.truncated || size < bytes->len;
        return std::string(reinterpret_cast<const char*>(bytes->data), size);
    }

    static std::string charsetOf(GMimeObject* part) {
        GMimeContentType* type = g_mime_object_get_content_type(part);
        const char* charset = type ? g_mime_content_type_get_parameter(type, "charset") : nullptr;
        return charset ? charset : "";
    }

    void attach(GMimeObject* part, const TypeName& type) {
        MailAttachment out;
        out.contentType = clip(toUtf8(type.type + "/" + type.subtype, {}), 200);
        if (GMIME_IS_PART(part)) {
            std::string name = text(g_mime_part_get_filename(GMIME_PART(part)), 255);
            name.erase(0, name.find_last_of("/\\") + 1);
            out.name = name;
            out.bytes = content(part, room_);
        } else if (GMIME_IS_MESSAGE_PART(part)) {
            GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
            const std::unique_ptr<char, decltype(&g_free)> whole(
                inner ? g_mime_object_to_string(GMIME_OBJECT(inner), nullptr) : nullptr, &g_free);
            out.bytes = whole ? std::string(whole.get()).substr(0, room_) : std::string{};
        }
        room_ -= std::min(room_, out.bytes.size());
        mail_.attachments.push_back(std::move(out));
    }

    struct Body {
        GMimeObject* part;
        bool html;
    };

    void bodies() {
        std::size_t room = limits_.text;
        for (const Body& body : texts_) {
            std::string bytes = content(body.part, room);
            room -= std::min(room, bytes.size());
            if (body.part == last_ && trim(bytes).ends_with(glued_)) {
                bytes.resize(bytes.rfind(glued_));
            }
            const std::string charset = charsetOf(body.part);
            const std::string mended = toUtf8(bytes, charset);
            HtmlText converted;
            if (body.html) {
                converted = htmlToText(mended, limits_.html);
                keepHtml(body.part, mended, converted);
            }
            const std::string& plain = body.html ? converted.text : mended;
            if (!mail_.textBody.empty() && !plain.empty() && !mail_.textBody.ends_with('\n')) {
                mail_.textBody.push_back('\n');
            }
            mail_.textBody += plain;
            mail_.textBodyParts.push_back(
                {body.html, body.part == cut_, asDeclared(bytes, charset)});
        }
        room = limits_.text;
        for (const Body& body : htmls_) {
            if (!body.html || done_.contains(body.part)) {
                continue;
            }
            const std::string bytes = content(body.part, room);
            room -= std::min(room, bytes.size());
            const std::string mended = toUtf8(bytes, charsetOf(body.part));
            keepHtml(body.part, mended, htmlToText(mended, limits_.html));
        }
    }

    void keepHtml(GMimeObject* part, const std::string& html, const HtmlText& converted) {
        mail_.htmlComments.insert(mail_.htmlComments.end(), converted.comments.begin(),
                                  converted.comments.end());
        mail_.htmlBody += html;
        mail_.truncated = mail_.truncated || html.size() > limits_.html;
        done_.insert(part);
    }

    GMimeMessage* message_;
    const MimeLimits& limits_;
    Mail& mail_;
    std::vector<Body> texts_;
    std::vector<Body> htmls_;
    GMimeObject* cut_ = nullptr;
    GMimeObject* last_ = nullptr;
    std::string glued_;
    std::set<GMimeObject*> done_;  // HTML parts already converted
    std::size_t seen_ = 0;
    std::size_t room_ = limits_.attachments;
};

}  // namespace

Result<Mail> parseMail(std::string_view raw, const MimeLimits& limits) {
    if (raw.size() > limits.raw) {
        return fail(ErrorCode::Invalid, "mail larger than the parser's limit");
    }
    if (trim(raw).empty()) {
        return fail(ErrorCode::Invalid, "empty mail");
    }
    if (tooManyBoundaries(raw, limits.parts * 2)) {
        return fail(ErrorCode::Invalid, "mail with too many boundaries");
    }
    const std::optional<std::string> even = evenLineEnds(raw);
    if (even) {
        raw = *even;
    }
    const std::optional<std::string> shortened = shortAddressFields(raw);
    if (shortened) {
        raw = *shortened;
    }
    initOnce();
    const Options options = makeOptions();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options.get()));
    if (!message) {
        return fail(ErrorCode::Invalid, "not a mail");
    }
    Mail mail;
    mail.truncated = shortened.has_value();
    Reader reader(message.get(), limits, mail);
    reader.read(raw);
    return mail;
}

}  // namespace vorfahrt::server::intake
