// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/viewmodel/inbox.h"

#include "client/viewmodel/words.h"

#include <QRegularExpression>

namespace vorfahrt::client::viewmodel {

Inbox::Inbox(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_(desk),
      list_(desk.reader()) {
    connect(&desk, &Desk::stageChanged, this, &Inbox::stageChanged);
    connect(&desk, &Desk::changed, &list_, &model::IntakeListModel::apply);
    connect(&list_, &model::IntakeListModel::listLoaded, this, &Inbox::changed);
    connect(&desk.reader(), &model::ReplicaReader::failed, this,
            [this](const QString& key, ErrorCode code) {
                if (key == QStringLiteral("intake.detail")) {
                    readError_ = code;
                    Q_EMIT changed();
                }
            });
    if (desk.stage() == Desk::Stage::Working) {
        stageChanged();
    }
}

void Inbox::stageChanged() {
    if (desk_.stage() == Desk::Stage::Working) {
        list_.setViewer(desk_.viewer());
    } else {
        choose({});
        list_.setViewer({});
    }
}

void Inbox::choose(RowId intake) {
    if (id_ == intake) {
        return;
    }
    id_ = intake;
    detail_.reset();
    readError_ = ErrorCode::Ok;
    Q_EMIT changed();
    if (!intake.isNone()) {
        reload();
    }
}

void Inbox::reload() {
    desk_.reader().ask(
        QStringLiteral("intake.detail"), this,
        [viewer = desk_.viewer(), id = id_](replica::Reader& reader) {
            return reader.intake(viewer, id);
        },
        [this, id = id_](std::optional<replica::IntakeDetail> detail) {
            if (id == id_) {
                detail_ = std::move(detail);
                readError_ = ErrorCode::Ok;
                Q_EMIT changed();
            }
        });
}

void Inbox::dismiss() {
    if (detail_) {
        perform(command::dismissIntake(desk_.viewer(), id_));
    }
}

void Inbox::perform(const command::Command& command) {
    if (sent_ == id_) {
        return;
    }
    sent_ = id_;
    desk_.perform(command, {}, this, [this, id = id_](ErrorCode code) {
        if (sent_ == id) {
            sent_ = {};
        }
        if (code == ErrorCode::Ok && id_ == id) {
            choose({});
        }
    });
}

command::ConvertedEnquiry Inbox::suggestion() const {
    command::ConvertedEnquiry enquiry;
    if (!detail_) {
        return enquiry;
    }
    static const QRegularExpression address(QStringLiteral("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"));
    static const QRegularExpression number(QStringLiteral("(\\+|00|0)[1-9][0-9 /()-]{5,18}[0-9]"));
    const QString sender = qstr(detail_->row.sender);
    const QString text = qstr(detail_->text);
    enquiry.email = address.match(sender).captured().toStdString();
    enquiry.phone = number.match(text).captured().toStdString();
    QString name = sender.section(QLatin1Char('<'), 0, 0).remove(QLatin1Char('"')).trimmed();
    if (name.contains(QLatin1Char('@'))) {
        name.clear();
    }
    enquiry.lastName = name.section(QLatin1Char(' '), -1).toStdString();
    enquiry.firstName = name.section(QLatin1Char(' '), 0, -2).toStdString();
    enquiry.wish.set_text(qstr(detail_->row.subject).left(120).toStdString());
    enquiry.message = detail_->text;
    return enquiry;
}

void Inbox::convert(const command::ConvertedEnquiry& enquiry) {
    if (detail_) {
        perform(command::convertIntake(desk_.viewer(), id_, desk_.newId(), enquiry));
    }
}

}  // namespace vorfahrt::client::viewmodel
