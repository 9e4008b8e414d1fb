// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/inbox_page.h"

#include "client/ui/leads/inbox_rows.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/context_card.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/text_field.h"
#include "client/viewmodel/words.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::qstr;

}  // namespace

InboxPage::InboxPage(const Theme& theme, ActionRegistry& actions, viewmodel::Inbox& inbox,
                     QWidget* parent)
    : ListPage(theme,
               {tr("Inbox"), tr("Not recognised"), tr("Messages that were not recognised"),
                QStringLiteral("inboxList"), icons::kNavInbox,
                tr("Nothing to sort. Every message was recognised."),
                tr("Choose a message on the left to read it.")},
               parent),
      actions_(actions),
      inbox_(inbox),
      rows_(new InboxRows(inbox, this)) {
    setObjectName(QStringLiteral("inboxPage"));
    setModel(rows_);
    setDetail(makeDetail());
    addActions();
    connect(this, &ListPage::rowChosen, this, [this](const QModelIndex& index) {
        back();
        inbox_.choose(index.isValid() ? rows_->idAt(index) : RowId());
    });
    connect(this, &ListPage::listRetryRequested, this, [this] { inbox_.list().reload(); });
    connect(this, &ListPage::detailRetryRequested, this, [this] { inbox_.reload(); });
    connect(&inbox, &viewmodel::Inbox::changed, this, &InboxPage::refresh);
    refresh();
}

QWidget* InboxPage::makeDetail() {
    auto* detail = new QWidget(this);
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    subject_ = new Label(theme_, QString(), TextStyle::DetailTitle, Role::TextPrimary, detail);
    subject_->setWordWrap(true);
    head->addWidget(subject_, 1);
    make_ = new Button(theme_, ButtonKind::Primary, tr("Make a lead"), detail);
    make_->setSymbol(icons::kActionNew);
    dismiss_ = new Button(theme_, ButtonKind::Secondary, tr("Not a lead"), detail);
    dismiss_->setSymbol(icons::kStateBlocked);
    head->addWidget(make_, 0, Qt::AlignTop);
    head->addWidget(dismiss_, 0, Qt::AlignTop);
    column->addLayout(head);
    sender_ = new Label(theme_, QString(), TextStyle::Body, Role::TextSecondary, detail);
    reason_ = new Label(theme_, QString(), TextStyle::Meta, Role::TextMuted, detail);
    column->addWidget(sender_);
    column->addWidget(reason_);
    form_ = makeForm(detail);
    form_->hide();
    column->addWidget(form_);
    text_ = new QPlainTextEdit(detail);
    text_->setObjectName(QStringLiteral("inboxText"));
    text_->setAccessibleName(tr("Original text"));
    text_->setReadOnly(true);
    text_->setFrameShape(QFrame::NoFrame);
    column->addWidget(text_, 1);
    return detail;
}

QWidget* InboxPage::makeForm(QWidget* parent) {
    auto* card =
        new ContextCard(theme_, icons::kNavLeads, tr("New lead from this message"), parent);
    card->setObjectName(QStringLiteral("convertForm"));
    const auto field = [&](const QString& label, const char* name) {
        auto* made = new TextField(theme_, label, card);
        made->edit().setObjectName(QString::fromLatin1(name));
        made->edit().setMaxLength(120);
        return made;
    };
    firstName_ = field(tr("First name"), "convertFirstName");
    lastName_ = field(tr("Last name"), "convertLastName");
    email_ = field(tr("E-mail"), "convertEmail");
    phone_ = field(tr("Phone"), "convertPhone");
    wish_ = field(tr("Vehicle of interest"), "convertWish");
    auto* names = new QHBoxLayout;
    names->setSpacing(12);
    names->addWidget(firstName_);
    names->addWidget(lastName_);
    auto* ways = new QHBoxLayout;
    ways->setSpacing(12);
    ways->addWidget(email_);
    ways->addWidget(phone_);
    card->body().addLayout(names);
    card->body().addLayout(ways);
    card->body().addWidget(wish_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* save = new Button(theme_, ButtonKind::Primary, tr("Create lead"), card);
    save->setObjectName(QStringLiteral("convertSave"));
    auto* cancel = new Button(theme_, ButtonKind::Quiet, tr("Cancel"), card);
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch();
    card->body().addLayout(buttons);
    connect(save, &QAbstractButton::clicked, this, &InboxPage::convert);
    connect(cancel, &QAbstractButton::clicked, this, [this] { back(); });
    return card;
}

void InboxPage::addActions() {
    const QString group = tr("Inbox");
    QAction* make = actions_.add(
        {QStringLiteral("inbox.convert"), tr("Make a lead"), group, {QKeySequence(Qt::Key_N)}},
        this, [this] { openForm(); });
    QAction* dismiss = actions_.add(
        {QStringLiteral("inbox.dismiss"), tr("Not a lead"), group, {QKeySequence(Qt::Key_Delete)}},
        this, [this] { inbox_.dismiss(); });
    ActionRegistry::bind(*make_, *make);
    ActionRegistry::bind(*dismiss_, *dismiss);
}

void InboxPage::refresh() {
    const auto& detail = inbox_.detail();
    showList(inbox_.list().rowCount(), inbox_.list().loaded(), inbox_.list().rowCount() == 0,
             inbox_.list().error());
    showDetail(detail.has_value(), inbox_.readError());
    actions_.action(QStringLiteral("inbox.convert"))->setEnabled(detail.has_value());
    actions_.action(QStringLiteral("inbox.dismiss"))->setEnabled(detail.has_value());
    if (!detail) {
        back();
        return;
    }
    subject_->setText(detail->row.subject.empty() ? tr("(no subject)") : qstr(detail->row.subject));
    sender_->setText(
        tr("From %1, %2")
            .arg(qstr(detail->row.sender),
                 viewmodel::Words::moment(inbox_.desk().nowMs(), detail->row.receivedMs)));
    reason_->setText(detail->row.reason.empty()
                         ? tr("No rule recognised an enquiry in this message.")
                         : tr("Not recognised: %1").arg(qstr(detail->row.reason)));
    if (const QString text = qstr(detail->text); text_->toPlainText() != text) {
        text_->setFont(theme_.font(TextStyle::Reading));
        text_->setPlainText(text);
    }
}

void InboxPage::openForm() {
    if (!inbox_.detail()) {
        return;
    }
    const command::ConvertedEnquiry enquiry = inbox_.suggestion();
    firstName_->edit().setText(qstr(enquiry.firstName));
    lastName_->edit().setText(qstr(enquiry.lastName));
    email_->edit().setText(qstr(enquiry.email));
    phone_->edit().setText(qstr(enquiry.phone));
    wish_->edit().setText(qstr(enquiry.wish.text()));
    lastName_->setError({});
    form_->show();
    make_->hide();
    lastName_->edit().setFocus(Qt::OtherFocusReason);
}

void InboxPage::convert() {
    command::ConvertedEnquiry enquiry = inbox_.suggestion();
    const auto text = [](TextField* field) { return field->text().trimmed().toStdString(); };
    enquiry.firstName = text(firstName_);
    enquiry.lastName = text(lastName_);
    enquiry.email = text(email_);
    enquiry.phone = text(phone_);
    enquiry.wish.set_text(text(wish_));
    if (enquiry.lastName.empty() && enquiry.email.empty() && enquiry.phone.empty()) {
        lastName_->setError(tr("Enter a name, an e-mail address or a telephone number."));
        return;
    }
    lastName_->setError({});
    inbox_.convert(enquiry);
}

bool InboxPage::back() {
    const bool open = form_->isVisible();
    form_->hide();
    make_->show();
    return open;
}

}  // namespace vorfahrt::client::ui
