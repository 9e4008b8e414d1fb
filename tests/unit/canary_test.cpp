// SPDX-License-Identifier: GPL-3.0-or-later
// The search of the privacy test finds what it is for: each form, and nothing in other text.
#include "tests/support/canary.h"

#include <QTest>

using namespace vorfahrt;
using namespace vorfahrt::test;

class CanaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void phonetic_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("code");
        QTest::newRow("Wikipedia") << std::string("Wikipedia") << std::string("3412");
        QTest::newRow("Müller-Lüdenscheidt")
            << std::string("Müller-Lüdenscheidt") << std::string("65752682");
        QTest::newRow("Breschnew") << std::string("Breschnew") << std::string("17863");
        QTest::newRow("Meyer") << std::string("Meyer") << std::string("67");
    }
    void phonetic() {
        QFETCH(const std::string, text);
        QFETCH(const std::string, code);
        QCOMPARE(colognePhonetic(text), code);
    }

    void folds() {
        QCOMPARE(foldedText("Jörg GROß", true), std::string("joerg gross"));
        QCOMPARE(foldedText("ÄÖÜ", false), std::string("aou"));
    }

    void findsEachForm() {
        const Canary name("name", Canary::Kind::Name, "Bröderkamilnösegutiwaß");
        QVERIFY(!name.findIn("Sehr geehrte Damen und Herren, 0123456789"));
        QVERIFY(name.isIn("x Bröderkamilnösegutiwaß y", CanaryForm::Utf8));
        QVERIFY(name.isIn("BRÖDERKAMILNÖSEGUTIWAß", CanaryForm::Utf8));
        QVERIFY(name.isIn("ab" + utf16("Bröderkamilnösegutiwaß", false), CanaryForm::Utf16));
        QVERIFY(name.isIn("ab" + utf16("Bröderkamilnösegutiwaß", true), CanaryForm::Utf16));
        QVERIFY(name.isIn("broederkamilnoesegutiwass", CanaryForm::Folded));
        QVERIFY(name.isIn("brodermist brodErkamilnosegutiwass", CanaryForm::Folded));
        QVERIFY(name.isIn(">" + colognePhonetic(name.value()) + "<", CanaryForm::Phonetic));

        const Canary phone("phone", Canary::Kind::Number, "0171 482 937 61");
        QVERIFY(phone.isIn("tel 0171 482 937 61", CanaryForm::Utf8));
        QVERIFY(phone.isIn("+4917148293761", CanaryForm::DigitsOnly));
        QVERIFY(phone.isIn("017148293761", CanaryForm::DigitsOnly));
        QVERIFY(!phone.findIn("017148293760"));

        const Canary plate("plate", Canary::Kind::Word, "HH-XQ 4711");
        QVERIFY(plate.isIn("hhxq4711", CanaryForm::Folded));
    }

    void randomOnesDiffer() {
        SeededRandom random(7);
        const Canary a = Canary::name("a", random);
        const Canary b = Canary::name("b", random);
        QVERIFY(a.value() != b.value());
        QVERIFY(!a.findIn(b.value()));
        QVERIFY(a.findIn(a.value()));
        const Canary phone = Canary::phone("p", random);
        QVERIFY(phone.isIn(phone.value(), CanaryForm::Utf8));
    }
};

QTEST_APPLESS_MAIN(CanaryTest)
#include "canary_test.moc"
