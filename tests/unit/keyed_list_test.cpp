// SPDX-License-Identifier: GPL-3.0-or-later
// A list that becomes another one: whatever a view heard adds up to what the model holds.
#include "client/model/keyed_list_model.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>

using vorfahrt::client::model::KeyedListModel;

namespace {

struct Item {
    QByteArray key;
    int value = 0;
    friend bool operator==(const Item&, const Item&) = default;
};

class Items final : public KeyedListModel<Item> {
public:
    QVariant data(const QModelIndex& index, int role) const override {
        return role == Qt::DisplayRole ? QVariant(at(index.row()).value) : QVariant();
    }
    void set(std::vector<Item> items) { become(std::move(items)); }
};

std::vector<Item> randomItems(QRandomGenerator& random) {
    std::vector<Item> items;
    for (int key = 0; key < 12; ++key) {
        if (random.bounded(3) != 0) {
            items.push_back({QByteArray::number(key), static_cast<int>(random.bounded(3))});
        }
    }
    std::shuffle(items.begin(), items.end(), random);
    return items;
}

// What a view knows that only listens.
class Mirror final : public QObject {
public:
    explicit Mirror(Items& model)
        : model_(model) {
        connect(&model, &Items::rowsInserted, this, [this](const QModelIndex&, int from, int to) {
            for (int row = from; row <= to; ++row) {
                rows.insert(rows.begin() + row, model_.at(row));
            }
        });
        connect(&model, &Items::rowsRemoved, this, [this](const QModelIndex&, int from, int to) {
            rows.erase(rows.begin() + from, rows.begin() + to + 1);
        });
        connect(&model, &Items::rowsMoved, this,
                [this](const QModelIndex&, int from, int, const QModelIndex&, int to) {
                    const Item item = rows[static_cast<std::size_t>(from)];
                    rows.erase(rows.begin() + from);
                    rows.insert(rows.begin() + (to > from ? to - 1 : to), item);
                    ++moves;
                });
        connect(&model, &Items::dataChanged, this,
                [this](const QModelIndex& first, const QModelIndex&) {
                    rows[static_cast<std::size_t>(first.row())] = model_.at(first.row());
                });
    }
    std::vector<Item> rows;
    int moves = 0;

private:
    Items& model_;
};

}  // namespace

class KeyedListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void becomesEveryOtherList();
    void oneRowThatSinksMovesAlone();
    void selectionStaysWithItsRow();
};

void KeyedListTest::becomesEveryOtherList() {
    const quint32 seed = 20261123;
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    Items model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Mirror mirror(model);
    for (int round = 0; round < 500; ++round) {
        const std::vector<Item> wanted = randomItems(random);
        model.set(wanted);
        QCOMPARE(model.entries(), wanted);
        QCOMPARE(mirror.rows, wanted);
    }
}

void KeyedListTest::oneRowThatSinksMovesAlone() {
    Items model;
    Mirror mirror(model);
    model.set({{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
    model.set({{"b"}, {"c"}, {"d"}, {"e"}, {"a"}});
    QCOMPARE(mirror.moves, 1);
    model.set({{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
    QCOMPARE(mirror.moves, 2);
}

void KeyedListTest::selectionStaysWithItsRow() {
    Items model;
    model.set({{"a"}, {"b"}, {"c"}});
    const QPersistentModelIndex chosen(model.index(1, 0));
    model.set({{"c"}, {"x"}, {"b", 7}});
    QCOMPARE(chosen.row(), 2);
    QCOMPARE(chosen.data().toInt(), 7);
    model.set({{"c"}});
    QVERIFY(!chosen.isValid());
}

QTEST_GUILESS_MAIN(KeyedListTest)
#include "keyed_list_test.moc"
