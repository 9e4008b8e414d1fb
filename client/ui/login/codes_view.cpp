// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/login/codes_view.h"

#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>
#include <QVBoxLayout>

#include <memory>

namespace vorfahrt::client::ui {

CodesView::CodesView(const Theme& theme, viewmodel::Account& account, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      account_(account) {
    setObjectName(QStringLiteral("codes"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* sentence =
        new Label(theme, tr("Hand each code to its person. It is shown only now, and good once."),
                  TextStyle::Body, Role::TextSecondary, this);
    sentence->setWordWrap(true);
    column->addWidget(sentence);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(10);
    column->addLayout(rows_);
    auto* buttons = new QHBoxLayout;
    copy_ = new Button(theme, ButtonKind::Secondary, tr("Copy"), this);
    copy_->setObjectName(QStringLiteral("codesCopy"));
    auto* print = new Button(theme, ButtonKind::Secondary, tr("Print"), this);
    print->setObjectName(QStringLiteral("codesPrint"));
    buttons->addWidget(copy_);
    buttons->addWidget(print);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(copy_, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(account_.codesText());
        copy_->setText(tr("Copied"));
    });
    connect(print, &QAbstractButton::clicked, this, &CodesView::print);
    connect(&account, &viewmodel::Account::changed, this, &CodesView::refresh);
    refresh();
}

void CodesView::refresh() {
    setVisible(!account_.codes().empty());
    const QString all = account_.codesText();
    if (all == shown_) {
        return;
    }
    shown_ = all;
    copy_->setText(tr("Copy"));
    clearLayout(*rows_);
    for (const auto& code : account_.codes()) {
        auto* box = new QWidget(this);
        auto* lines = new QVBoxLayout(box);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(2);
        lines->addWidget(
            new Label(theme_,
                      code.name.isEmpty()
                          ? code.login
                          : tr("%1, user name %2", "person and login").arg(code.name, code.login),
                      TextStyle::BodyStrong, Role::TextPrimary, box));
        auto* digits = new Label(theme_, code.code, TextStyle::PaneTitle, Role::TextPrimary, box);
        digits->setObjectName(QStringLiteral("code"));
        digits->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lines->addWidget(digits);
        lines->addWidget(new Label(theme_, tr("Good until %1").arg(code.until), TextStyle::Meta,
                                   Role::TextSecondary, box));
        rows_->addWidget(box);
    }
}

void CodesView::print() {
    auto printer = std::make_shared<QPrinter>();
    auto* dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this,
            [this, printer](QPrinter* chosen) {
                QTextDocument document;
                document.setPlainText(account_.codesText());
                document.print(chosen);
            });
    dialog->open();
}

}  // namespace vorfahrt::client::ui
