// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/customers/customer_form_view.h"

#include "client/ui/customers/duplicate_card.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/tabs.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"

#include <QAbstractButton>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <array>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::CustomerForm;
using viewmodel::FieldName;
using viewmodel::Words;

constexpr int kNoteHeight = 84;
constexpr int kFormWidth = 760;
constexpr int kBesideFrom = 1000;  // room for the similar customers at the right
constexpr int kBesideWidth = 300;
constexpr int kLongest = 10'000;  // characters; far more than any rule allows
const QString kNote = QStringLiteral("customer.note");
const QString kSalutation = QStringLiteral("customer.salutation");
const QString kInformal = QStringLiteral("customer.informal");
// As the segments stand.
constexpr std::array kSalutations{record::SALUTATION_NONE, record::FRAU,    record::HERR,
                                  record::DIVERS,          record::FAMILIE, record::FIRMA};

QHBoxLayout* beside(std::initializer_list<std::pair<QWidget*, int>> fields) {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    for (const auto& [widget, stretch] : fields) {
        row->addWidget(widget, stretch);
    }
    return row;
}

QByteArray keyOf(RowId id) {
    return QByteArray::fromStdString(id.bytes());
}

// The edge of an input around a plain text field.
class NoteFrame final : public QWidget {
public:
    NoteFrame(const Theme& theme, QPlainTextEdit* edit, QWidget* parent)
        : QWidget(parent),
          theme_(theme),
          edit_(edit) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(6, 4, 6, 4);
        column->addWidget(edit);
        setFixedHeight(theme.px(kNoteHeight));
        edit->installEventFilter(this);
        followTheme(*this, theme);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        ThemePainter paint(painter, theme_);
        const bool focus = edit_->hasFocus();
        paint.box(QRectF(rect()).adjusted(1, 1, -1, -1), Role::Surface,
                  focus ? Role::FocusRing : Role::BorderControl, theme_.px(radius::kControl),
                  focus ? stroke::kFocus : stroke::kHairline);
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            update();
        }
        return QWidget::eventFilter(watched, event);
    }

private:
    const Theme& theme_;
    QPlainTextEdit* edit_;
};

}  // namespace

CustomerFormView::CustomerFormView(const Theme& theme, viewmodel::Customers& customers,
                                   QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      customers_(customers),
      form_(customers.form()),
      outer_(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    setObjectName(QStringLiteral("customerForm"));
    outer_->setContentsMargins(0, 0, 0, 0);
    outer_->setSpacing(20);
    auto* main = new QWidget(this);
    main->setMaximumWidth(theme.px(kFormWidth));
    auto* column = new QVBoxLayout(main);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    title_ = new Label(theme, QString(), TextStyle::DetailTitle, Role::TextPrimary, main);
    title_->setObjectName(QStringLiteral("formTitle"));
    column->addWidget(title_);
    column->addSpacing(6);
    makePerson(*column);
    contactColumn_ = new QVBoxLayout;
    contactColumn_->setSpacing(4);
    column->addLayout(contactColumn_);
    vehicleColumn_ = new QVBoxLayout;
    vehicleColumn_->setSpacing(4);
    column->addLayout(vehicleColumn_);
    makeAdd(*column);
    makeFoot(*column);
    column->addStretch();
    outer_->addWidget(main, 1);
    duplicates_ = new DuplicateCard(theme, this);
    duplicates_->hide();
    outer_->addWidget(duplicates_, 0, Qt::AlignTop);
    connect(duplicates_, &DuplicateCard::openRequested, this, &CustomerFormView::openRequested);
    connect(&form_, &CustomerForm::started, this, &CustomerFormView::start);
    connect(&form_, &CustomerForm::rowsChanged, this, [this] {
        syncRows();
        refreshAll();
    });
    connect(&form_, &CustomerForm::fieldChanged, this, &CustomerFormView::refreshField);
    connect(&form_, &CustomerForm::duplicatesChanged, this,
            [this] { duplicates_->show(form_.duplicates()); });
    connect(&form_, &CustomerForm::allStored, this, [this] {
        showDraft();
        if (closing_) {
            Q_EMIT closed();
        }
    });
    connect(&form_.draft(), &viewmodel::Draft::saved, this, &CustomerFormView::showDraft);
}

TextField* CustomerFormView::field(const QString& name, const QString& label,
                                   const QString& objectName, QWidget* parent) {
    auto* field = new TextField(theme_, label, parent);
    QLineEdit& edit = field->edit();
    edit.setObjectName(objectName);
    edit.setMaxLength(kLongest);
    edit.installEventFilter(this);
    fields_.insert(name, field);
    names_.insert(&edit, name);
    connect(&edit, &QLineEdit::textEdited, this, [this, name](const QString& text) {
        closing_ = false;
        form_.type(name, text);
        // An error is told when the field is left, and goes as soon as it is right.
        showCheck(name, false);
        showDraft();
    });
    connect(&edit, &QLineEdit::returnPressed, this, [this, name] { leave(name); });
    return field;
}

void CustomerFormView::makePerson(QVBoxLayout& column) {
    salutation_ = new SegmentedControl(
        theme_, tr("Salutation"),
        {tr("None"), tr("Ms"), tr("Mr"), tr("Divers"), tr("Family"), tr("Company")}, this);
    salutation_->setObjectName(QStringLiteral("customerSalutation"));
    informal_ = new SegmentedControl(theme_, tr("Form of address"),
                                     {QStringLiteral("Sie"), QStringLiteral("du")}, this);
    informal_->setObjectName(QStringLiteral("customerInformal"));
    auto* words = new QHBoxLayout;
    words->setSpacing(12);
    words->addWidget(salutation_);
    words->addWidget(informal_);
    words->addStretch();
    column.addLayout(words);
    column.addSpacing(8);
    connect(salutation_, &SegmentedControl::currentChanged, this, [this](int at) {
        choose(kSalutation,
               QString::number(static_cast<int>(kSalutations[static_cast<std::size_t>(at)])));
    });
    connect(informal_, &SegmentedControl::currentChanged, this,
            [this](int at) { choose(kInformal, at == 1 ? QStringLiteral("1") : QString()); });
    const auto make = [this](const char* name, const QString& label, const char* object) {
        return field(QStringLiteral("customer.") + QString::fromLatin1(name), label,
                     QString::fromLatin1(object), this);
    };
    // In the order of the keyboard.
    TextField* title = make("title", tr("Title"), "customerTitle");
    TextField* first = make("first_name", tr("First name"), "customerFirstName");
    TextField* noble = make("noble_part", tr("Prefix"), "customerNoblePart");
    TextField* last = make("last_name", tr("Last name"), "customerLastName");
    noble->edit().setPlaceholderText(tr("von, de"));
    column.addLayout(beside({{title, 4}, {first, 5}, {noble, 3}, {last, 6}}));
    column.addWidget(make("company", tr("Company"), "customerCompany"));
    TextField* street = make("address.street", tr("Street and number"), "customerStreet");
    TextField* postcode = make("address.postcode", tr("Postcode"), "customerPostcode");
    TextField* city = make("address.city", tr("City"), "customerCity");
    column.addLayout(beside({{street, 5}, {postcode, 2}, {city, 4}}));
}

void CustomerFormView::makeAdd(QVBoxLayout& column) {
    auto* add = new QHBoxLayout;
    add->setSpacing(8);
    const auto button = [&](const QString& text, const QString& object,
                            const std::function<void()>& run) {
        auto* made = new Button(theme_, ButtonKind::Quiet, text, this);
        made->setObjectName(object);
        made->setSymbol(icons::kActionNew);
        made->setSize(ButtonSize::Small);
        made->setAccessibleName(tr("Add: %1").arg(text));
        connect(made, &QAbstractButton::clicked, this, run);
        add->addWidget(made);
    };
    for (const record::ContactKind kind : {record::PHONE, record::MOBILE, record::EMAIL_ADDRESS}) {
        button(Words::contactKind(kind), QStringLiteral("addContact%1").arg(static_cast<int>(kind)),
               [this, kind] { focusField(FieldName::contact(form_.addContact(kind), "value")); });
    }
    button(tr("Vehicle"), QStringLiteral("addVehicle"), [this] { addVehicle(); });
    add->addStretch();
    column.addLayout(add);
    column.addSpacing(6);
}

void CustomerFormView::makeFoot(QVBoxLayout& column) {
    column.addWidget(new Label(theme_, tr("Note"), TextStyle::MetaMedium, Role::TextPrimary, this));
    note_ = new QPlainTextEdit(this);
    note_->setObjectName(QStringLiteral("customerNote"));
    note_->setAccessibleName(tr("Note"));
    note_->setTabChangesFocus(true);
    note_->setFrameShape(QFrame::NoFrame);
    note_->installEventFilter(this);
    names_.insert(note_, kNote);
    connect(note_, &QPlainTextEdit::textChanged, this, [this] {
        if (note_->hasFocus()) {
            closing_ = false;
            form_.type(kNote, note_->toPlainText());
            showDraft();
        }
    });
    column.addWidget(new NoteFrame(theme_, note_, this));
    column.addSpacing(12);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    save_ = new Button(theme_, ButtonKind::Primary, tr("Save"), this);
    save_->setObjectName(QStringLiteral("customerSave"));
    save_->setKeyCap(tr("Ctrl") + QStringLiteral(" ↵"));
    cancel_ = new Button(theme_, ButtonKind::Quiet, tr("Close"), this);
    cancel_->setObjectName(QStringLiteral("customerClose"));
    draft_ = new Label(theme_, QString(), TextStyle::Meta, Role::TextMuted, this);
    draft_->setObjectName(QStringLiteral("customerDraft"));
    discard_ = new LinkButton(theme_, tr("Discard draft"), this);
    discard_->setObjectName(QStringLiteral("customerDiscard"));
    buttons->addWidget(save_);
    buttons->addWidget(cancel_);
    buttons->addStretch();
    buttons->addWidget(draft_);
    buttons->addWidget(discard_);
    column.addLayout(buttons);
    connect(save_, &QAbstractButton::clicked, this, &CustomerFormView::save);
    connect(cancel_, &QAbstractButton::clicked, this, &CustomerFormView::closed);
    connect(discard_, &QAbstractButton::clicked, this, [this] {
        form_.discard();
        focusField();
        showDraft();
    });
}

void CustomerFormView::start() {
    closing_ = false;
    const bool isNew = form_.mode() == CustomerForm::Mode::New;
    setAccessibleName(isNew ? tr("New customer") : tr("Edit customer"));
    title_->setText(isNew ? tr("New customer") : QString());
    title_->setVisible(isNew);
    save_->setText(isNew ? tr("Create customer") : tr("Done"));
    save_->setAccessibleName(isNew ? tr("Create customer") : tr("Save customer"));
    duplicates_->setVisible(isNew);
    duplicates_->show({});
    for (TextField* each : std::as_const(fields_)) {
        each->setError({});
    }
    syncRows();
    refreshAll();
}

void CustomerFormView::focusField(const QString& name) {
    if (name == kNote) {
        note_->setFocus(Qt::OtherFocusReason);
        return;
    }
    const bool company = !form_.text(QStringLiteral("customer.company")).isEmpty();
    const QString wanted = !name.isEmpty() ? name
                           : company       ? QStringLiteral("customer.company")
                                           : QStringLiteral("customer.last_name");
    if (TextField* found = fields_.value(wanted)) {
        found->edit().setFocus(Qt::OtherFocusReason);
    }
}

void CustomerFormView::addVehicle() {
    focusField(FieldName::vehicle(form_.addVehicle(), "plate"));
}

CustomerFormView::Block CustomerFormView::makeContact(const CustomerForm::Row& row, int at) {
    Block block;
    block.widget = new QWidget(this);
    auto* line = new QHBoxLayout(block.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    const QString kind = Words::contactKind(row.kind);
    const QString value = FieldName::contact(row.id, "value");
    const QString label = FieldName::contact(row.id, "label");
    line->addWidget(field(value, kind, QStringLiteral("customerContact%1").arg(at), block.widget),
                    5);
    line->addWidget(
        field(label, tr("Remark"), QStringLiteral("customerContactLabel%1").arg(at), block.widget),
        3);
    auto* remove = new IconButton(theme_, Icon::Trash2, tr("Remove: %1").arg(kind), block.widget);
    remove->setObjectName(QStringLiteral("removeContact%1").arg(at));
    line->addWidget(remove);
    connect(remove, &QAbstractButton::clicked, this, [this, id = row.id] {
        save_->setFocus(Qt::OtherFocusReason);
        form_.removeContact(id);
    });
    block.fields = {value, label};
    return block;
}

CustomerFormView::Block CustomerFormView::makeVehicle(const CustomerForm::Row& row, int at) {
    Block block;
    block.widget = new QWidget(this);
    auto* column = new QVBoxLayout(block.widget);
    column->setContentsMargins(0, 4, 0, 4);
    column->setSpacing(4);
    const auto make = [&](const char* name, const QString& label, const char* object) {
        const QString path = FieldName::vehicle(row.id, name);
        block.fields << path;
        return field(path, label, QString::fromLatin1(object) + QString::number(at), block.widget);
    };
    TextField* plate = make("plate", tr("Plate"), "vehiclePlate");
    TextField* brand = make("make", tr("Make"), "vehicleMake");
    TextField* model = make("model", tr("Model"), "vehicleModel");
    column->addLayout(beside({{plate, 3}, {brand, 3}, {model, 5}}));
    TextField* vin = make("vin", tr("VIN"), "vehicleVin");
    TextField* hsn = make("hsn", tr("HSN"), "vehicleHsn");
    TextField* tsn = make("tsn", tr("TSN"), "vehicleTsn");
    column->addLayout(beside({{vin, 5}, {hsn, 2}, {tsn, 2}}));
    TextField* registered = make("first_registration", tr("First registration"), "vehicleFirst");
    TextField* due = make("next_inspection", tr("Next HU"), "vehicleInspection");
    TextField* km = make("mileage_km", tr("Mileage, km"), "vehicleMileage");
    registered->edit().setPlaceholderText(tr("MM/YYYY"));
    due->edit().setPlaceholderText(tr("MM/YYYY"));
    auto* line = beside({{registered, 3}, {due, 3}, {km, 3}});
    auto* remove = new IconButton(theme_, Icon::Trash2, tr("Remove vehicle"), block.widget);
    remove->setObjectName(QStringLiteral("removeVehicle%1").arg(at));
    line->addWidget(remove);
    column->addLayout(line);
    connect(remove, &QAbstractButton::clicked, this, [this, id = row.id] {
        save_->setFocus(Qt::OtherFocusReason);
        form_.removeVehicle(id);
    });
    return block;
}

void CustomerFormView::dropBlock(QMap<QByteArray, Block>& blocks, const QByteArray& key) {
    const Block block = blocks.take(key);
    for (const QString& name : block.fields) {
        TextField* field = fields_.take(name);
        names_.remove(&field->edit());
        field->edit().disconnect(this);
    }
    block.widget->hide();
    block.widget->deleteLater();
}

// Widgets of rows that stay are kept, with cursor and focus.
void CustomerFormView::syncRows() {
    const auto sync = [this](QMap<QByteArray, Block>& blocks, QVBoxLayout& column, const auto& rows,
                             auto make) {
        QSet<QByteArray> wanted;
        for (const auto& row : rows) {
            wanted.insert(keyOf(row.id));
        }
        for (const QByteArray& key : blocks.keys()) {
            if (!wanted.contains(key)) {
                dropBlock(blocks, key);
            }
        }
        int at = 0;
        for (const auto& row : rows) {
            const QByteArray key = keyOf(row.id);
            if (!blocks.contains(key)) {
                blocks.insert(key, make(row, at));
                column.insertWidget(at, blocks[key].widget);
            }
            ++at;
        }
    };
    sync(contacts_, *contactColumn_, form_.contacts(),
         [this](const CustomerForm::Row& row, int at) { return makeContact(row, at); });
    sync(vehicles_, *vehicleColumn_, form_.vehicles(),
         [this](const CustomerForm::Row& row, int at) { return makeVehicle(row, at); });
}

// As the eye goes; rows come and go in the middle.
QList<QWidget*> CustomerFormView::tabOrder() const {
    QList<QWidget*> order;
    for (const SegmentedControl* choice : {salutation_, informal_}) {
        order << choice->findChildren<QAbstractButton*>().value(choice->current());
    }
    for (const char* name : {"title", "first_name", "noble_part", "last_name", "company",
                             "address.street", "address.postcode", "address.city"}) {
        order << &fields_.value(QStringLiteral("customer.") + QString::fromLatin1(name))->edit();
    }
    const auto add = [&](const QMap<QByteArray, Block>& blocks, const auto& rows) {
        for (const auto& row : rows) {
            const Block block = blocks.value(keyOf(row.id));
            for (const QString& name : block.fields) {
                order << &fields_.value(name)->edit();
            }
            // The rows of the form may be ahead of their widgets, while it opens or closes.
            if (block.widget != nullptr) {
                order << block.widget->findChild<IconButton*>();
            }
        }
    };
    add(contacts_, form_.contacts());
    add(vehicles_, form_.vehicles());
    for (const char* name : {"addContact2", "addContact3", "addContact1", "addVehicle"}) {
        order << findChild<Button*>(QString::fromLatin1(name));
    }
    order << note_ << save_ << cancel_ << discard_;
    for (auto* open : duplicates_->findChildren<LinkButton*>()) {
        order << open;
    }
    return order;
}

bool CustomerFormView::focusNextPrevChild(bool next) {
    const QList<QWidget*> order = tabOrder();
    const auto at = order.indexOf(window()->focusWidget());
    for (auto to = at + (next ? 1 : -1); at >= 0 && to >= 0 && to < order.size();
         to += next ? 1 : -1) {
        if (order[to] != nullptr && order[to]->isVisible() && order[to]->isEnabled()) {
            order[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return QWidget::focusNextPrevChild(next);
}

void CustomerFormView::refreshField(const QString& name) {
    if (name == kNote) {
        if (note_->toPlainText() != form_.text(kNote)) {
            note_->setPlainText(form_.text(kNote));
        }
    } else if (name == kSalutation) {
        const int stored = form_.text(kSalutation).toInt();
        for (std::size_t i = 0; i < kSalutations.size(); ++i) {
            if (static_cast<int>(kSalutations[i]) == stored) {
                salutation_->setCurrent(static_cast<int>(i));
            }
        }
    } else if (name == kInformal) {
        informal_->setCurrent(form_.text(kInformal).isEmpty() ? 0 : 1);
    } else if (TextField* field = fields_.value(name)) {
        QLineEdit& edit = field->edit();
        const QString text = form_.text(name);
        if (edit.text() != text && edit.hasFocus()) {
            // Ctrl+Z brings back what stood here.
            const QSignalBlocker quiet(edit);
            edit.selectAll();
            edit.insert(text);
        } else if (edit.text() != text) {
            edit.setText(text);
            edit.setCursorPosition(0);
        }
        showCheck(name, false);
    }
    showDraft();
}

void CustomerFormView::refreshAll() {
    for (const QString& name : fields_.keys()) {
        refreshField(name);
        showCheck(name, form_.isChanged(name));
    }
    refreshField(kNote);
    refreshField(kSalutation);
    refreshField(kInformal);
}

// alsoErrors: an error that is not shown yet comes, too.
void CustomerFormView::showCheck(const QString& name, bool alsoErrors) {
    TextField* field = fields_.value(name);
    if (field == nullptr) {
        return;
    }
    const viewmodel::FieldCheck check = form_.check(name);
    const bool told = field->property("wrong").toBool();
    const bool wrong = !check.error.isEmpty() && (alsoErrors || told) &&
                       (form_.isChanged(name) || form_.mode() == CustomerForm::Mode::New);
    field->setProperty("wrong", wrong);
    field->setError(wrong ? check.error : QString());
    if (check.warning.isEmpty()) {
        field->setHint({});
    } else {
        field->setHint(check.warning, icons::kStateWarning);
    }
}

void CustomerFormView::showDraft() {
    const bool any = form_.hasDraft();
    const std::int64_t at = form_.draft().savedMs();
    draft_->setText(!any      ? QString()
                    : at == 0 ? tr("Draft saved")
                              : tr("Draft saved %1").arg(Words::clock(at)));
    discard_->setVisible(any);
}

void CustomerFormView::choose(const QString& name, const QString& value) {
    form_.type(name, value);
    if (form_.mode() == CustomerForm::Mode::Edit) {
        form_.commit({name});
    }
    showDraft();
}

void CustomerFormView::save() {
    closing_ = true;
    const bool isNew = form_.mode() == CustomerForm::Mode::New;
    if (form_.commitAll()) {
        return;
    }
    closing_ = false;
    const QStringList wrong = form_.wrongFields();
    for (const QString& name : wrong) {
        if (TextField* field = fields_.value(name)) {
            showCheck(name, true);
            if (isNew) {
                field->setError(form_.check(name).error);
            }
        }
    }
    if (!wrong.isEmpty()) {
        focusField(wrong.front());
    }
}

bool CustomerFormView::restoreField() {
    for (auto it = names_.begin(); it != names_.end(); ++it) {
        auto* widget = qobject_cast<QWidget*>(it.key());
        if (widget != nullptr && widget->hasFocus() && form_.isChanged(it.value()) &&
            form_.mode() == CustomerForm::Mode::Edit) {
            form_.restore(it.value());
            return true;
        }
    }
    return false;
}

void CustomerFormView::leave(const QString& name) {
    if (form_.mode() == CustomerForm::Mode::Edit && form_.isChanged(name)) {
        form_.commit({name});
    }
    showCheck(name, true);
}

bool CustomerFormView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && names_.contains(watched)) {
        // Another window, or the end of this one, leaves no field.
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
            leave(names_.value(watched));
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CustomerFormView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool room = width() >= theme_.px(kBesideFrom);
    outer_->setDirection(room ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    duplicates_->setFixedWidth(room ? theme_.px(kBesideWidth)
                                    : std::min(width(), theme_.px(kFormWidth)));
}

}  // namespace vorfahrt::client::ui
