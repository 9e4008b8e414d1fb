// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/id.h"
#include "common/base/money.h"
#include "common/base/random.h"
#include "common/base/result.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

using namespace vorfahrt;

namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr auto kNow = fromUnixMs(1'795'000'000'000);

Result<int> half(int number) {
    if (number % 2 != 0) {
        return fail(ErrorCode::Invalid, "odd");
    }
    return number / 2;
}

Result<int> quarter(int number) {
    VF_TRY(const int once, half(number));
    VF_TRY(const int twice, half(once));
    return twice;
}

Status evenOnly(int number) {
    VF_CHECK(half(number));
    return {};
}

}  // namespace

class BaseTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uuidV7SortsByTime();
    void uuidV7CarriesTimeVersionAndVariant();
    void uuidRoundTrips();
    void uuidRefusesOtherLengthsAndDigits_data();
    void uuidRefusesOtherLengthsAndDigits();
    void hexRoundTrips();
    void hexRefusesOddAndForeign();
    void constantTimeEqualComparesLengthAndContent();
    void digestAndKeyedHashDependOnEveryByte();
    void seededRandomReproduces();
    void belowStaysBelow_data();
    void belowStaysBelow();
    void belowReachesEveryValue();
    void moneyAddsAndReportsOverflow();
    void errorNamesAreUnique();
    void tryReturnsTheFirstError();
    void manualClockMovesOnlyWhenTold();
};

void BaseTest::uuidV7SortsByTime() {
    SeededRandom random(kSeed);
    std::vector<Uuid> ids;
    for (int ms = 0; ms < 1000; ++ms) {
        ids.push_back(Uuid::v7(kNow + Millis(ms), random));
    }
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
    QCOMPARE(std::unordered_set<Uuid>(ids.begin(), ids.end()).size(), ids.size());
    // Text and bytes sort as the value does, so that SQL and logs agree with it.
    QVERIFY(std::is_sorted(ids.begin(), ids.end(),
                           [](const Uuid& a, const Uuid& b) { return a.text() < b.text(); }));
}

void BaseTest::uuidV7CarriesTimeVersionAndVariant() {
    SeededRandom random(kSeed);
    const auto bytes = Uuid::v7(kNow, random).bytes();
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        ms = ms << 8 | static_cast<unsigned char>(bytes[i]);
    }
    QCOMPARE(ms, toUnixMs(kNow));
    QCOMPARE(static_cast<unsigned char>(bytes[6]) >> 4, 7);
    QCOMPARE(static_cast<unsigned char>(bytes[8]) >> 6, 2);
}

void BaseTest::uuidRoundTrips() {
    SeededRandom random(kSeed);
    const auto id = Uuid::v7(kNow, random);
    QVERIFY(!id.isNone());
    QVERIFY(Uuid().isNone());
    QCOMPARE(id.text().size(), std::size_t(36));
    QVERIFY(Uuid::fromText(id.text()) == id);
    QVERIFY(Uuid::fromText(toHex(id.bytes())) == id);
    QVERIFY(Uuid::fromBytes(id.bytes()) == id);
    QVERIFY(LeadId::fromBytes(id.bytes()) == LeadId(id));
}

void BaseTest::uuidRefusesOtherLengthsAndDigits_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray("0197f3c0-0000-7000-8000-00000000000");
    QTest::newRow("long") << QByteArray("0197f3c0-0000-7000-8000-0000000000000");
    QTest::newRow("not hex") << QByteArray("0197f3c0-0000-7000-8000-00000000000g");
}

void BaseTest::uuidRefusesOtherLengthsAndDigits() {
    QFETCH(QByteArray, text);
    QVERIFY(!Uuid::fromText(text.toStdString()));
    QVERIFY(!Uuid::fromBytes(text.toStdString()));
}

void BaseTest::hexRoundTrips() {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) {
        all.push_back(static_cast<char>(byte));
    }
    const auto hex = toHex(all);
    QCOMPARE(hex.size(), std::size_t(512));
    QCOMPARE(hex.substr(0, 4), std::string("0001"));
    QCOMPARE(hex.substr(508), std::string("feff"));
    QVERIFY(fromHex(hex) == all);
    QVERIFY(fromHex("") == std::string());
}

void BaseTest::hexRefusesOddAndForeign() {
    QVERIFY(!fromHex("abc"));
    QVERIFY(!fromHex("0g"));
    QVERIFY(!fromHex("0 "));
}

void BaseTest::constantTimeEqualComparesLengthAndContent() {
    QVERIFY(constantTimeEqual("", ""));
    QVERIFY(constantTimeEqual("token", "token"));
    QVERIFY(!constantTimeEqual("token", "tokeN"));
    QVERIFY(!constantTimeEqual("token", "tokens"));
    QVERIFY(!constantTimeEqual("token", ""));
    QVERIFY(!constantTimeEqual(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

void BaseTest::digestAndKeyedHashDependOnEveryByte() {
    const std::string text = "Autohaus";
    const std::string key(16, 'k');
    QCOMPARE(digest32(text).size(), std::size_t(32));
    QCOMPARE(digest32(text), digest32(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto other = text;
        other[i] = static_cast<char>(other[i] ^ 1);
        QVERIFY(digest32(other) != digest32(text));
        QVERIFY(keyedHash64(key, other) != keyedHash64(key, text));
    }
    QVERIFY(keyedHash64(std::string(16, 'l'), text) != keyedHash64(key, text));
}

void BaseTest::seededRandomReproduces() {
    SeededRandom first(kSeed);
    SeededRandom second(kSeed);
    SeededRandom other(kSeed + 1);
    const auto bytes = first.bytes(100);
    QCOMPARE(bytes.size(), std::size_t(100));
    QCOMPARE(second.bytes(100), bytes);
    QVERIFY(other.bytes(100) != bytes);
    QVERIFY(first.bytes(100) != bytes);
}

void BaseTest::belowStaysBelow_data() {
    QTest::addColumn<quint64>("bound");
    QTest::newRow("1") << quint64(1);
    QTest::newRow("2") << quint64(2);
    QTest::newRow("1000") << quint64(1000);
    QTest::newRow("2^63 + 1") << (quint64(1) << 63) + 1;
    QTest::newRow("2^64 - 1") << std::numeric_limits<quint64>::max();
}

void BaseTest::belowStaysBelow() {
    QFETCH(quint64, bound);
    SeededRandom random(kSeed);
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(random.below(bound) < bound);
    }
}

void BaseTest::belowReachesEveryValue() {
    SeededRandom random(kSeed);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) {
        seen.insert(random.below(10));
    }
    QCOMPARE(seen.size(), std::size_t(10));
}

void BaseTest::moneyAddsAndReportsOverflow() {
    const Money largest(std::numeric_limits<std::int64_t>::max());
    const Money smallest(std::numeric_limits<std::int64_t>::min());
    QVERIFY(Money(1284'50).plus(Money(-84'50)) == Money(1200'00));
    QVERIFY(!largest.plus(Money(1)));
    QVERIFY(!smallest.plus(Money(-1)));
    QVERIFY(largest.plus(Money(0)) == largest);
}

void BaseTest::errorNamesAreUnique() {
    std::set<std::string> names;
    int named = 0;
    for (std::uint16_t code = 0; code < 1000; ++code) {
        const auto text = std::string(name(ErrorCode(code)));
        if (text.empty() || text == name(ErrorCode(999))) {
            continue;
        }
        ++named;
        names.insert(text);
    }
    QVERIFY(named >= 20);
    QCOMPARE(names.size(), static_cast<std::size_t>(named));
}

void BaseTest::tryReturnsTheFirstError() {
    QCOMPARE(quarter(12).value(), 3);
    QVERIFY(!quarter(6));
    QVERIFY(quarter(6).error().code == ErrorCode::Invalid);
    QCOMPARE(quarter(6).error().detail, std::string("odd"));
    QVERIFY(evenOnly(2));
    QVERIFY(evenOnly(3).error().code == ErrorCode::Invalid);
}

void BaseTest::manualClockMovesOnlyWhenTold() {
    ManualClock clock(kNow);
    QVERIFY(clock.now() == kNow);
    clock.advance(Millis(5));
    clock.jumpWall(Millis(-1000));
    QVERIFY(clock.now() == kNow - Millis(995));
    QVERIFY(clock.steady() == Millis(5));
}

QTEST_APPLESS_MAIN(BaseTest)
#include "base_test.moc"
