// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/leads/lead_detail_pane.h"

#include "client/ui/leads/close_panel.h"
#include "client/ui/leads/lead_rows.h"
#include "client/ui/leads/lead_timeline.h"
#include "client/ui/shell/action_registry.h"
#include "client/ui/shell/page_parts.h"
#include "client/ui/widgets/button.h"
#include "client/ui/widgets/composer.h"
#include "client/ui/widgets/label.h"
#include "client/ui/widgets/menu.h"
#include "client/ui/widgets/status.h"
#include "client/ui/widgets/steps.h"
#include "client/ui/widgets/timeline.h"
#include "client/viewmodel/words.h"
#include "common/domain/lead_status.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace vorfahrt::client::ui {
namespace {

using viewmodel::ClaimMark;
using viewmodel::qstr;
using viewmodel::Words;

constexpr int kMargin = 20;
constexpr std::int64_t kHourMs = 3'600'000;
const QString kDot = QStringLiteral("  ·  ");

}  // namespace

LeadDetailPane::LeadDetailPane(const Theme& theme, viewmodel::Leads& leads, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      leads_(leads),
      lead_(leads.detail()),
      stack_(new QStackedLayout(this)) {
    setObjectName(QStringLiteral("leadDetail"));
    auto* nothing = new QWidget(this);
    auto* empty = new QVBoxLayout(nothing);
    empty->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    empty->addWidget(new EmptyState(
        theme, icons::kNavLeads, tr("Choose a lead on the left to see its history."), {}, nothing));
    empty->addStretch();
    stack_->addWidget(nothing);
    auto* pane = new QWidget(this);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 14, 0, 16);
    column->setSpacing(0);
    makeHeader(*column);
    makeMiddle(*column);
    makeComposer(*column);
    stack_->addWidget(pane);
    auto* broken = new QWidget(this);
    auto* alone = new QVBoxLayout(broken);
    unreadable_ = new ReadErrorState(theme, broken);
    alone->addWidget(unreadable_);
    alone->addStretch();
    stack_->addWidget(broken);
    connect(unreadable_, &ReadErrorState::retryRequested, this, [this] { lead_.reload(); });
    connect(&lead_, &viewmodel::LeadDetail::changed, this, &LeadDetailPane::refresh);
    connect(&lead_, &viewmodel::LeadDetail::timelineChanged, this,
            &LeadDetailPane::refreshTimeline);
    connect(&lead_, &viewmodel::LeadDetail::draftLoaded, this, [this](const QString& text) {
        composer_->setText(text);
        showDraftState();
    });
    connect(&lead_, &viewmodel::LeadDetail::draftSaved, this, &LeadDetailPane::showDraftState);
    connect(&leads.desk(), &viewmodel::Desk::statusChanged, this, &LeadDetailPane::refreshComposer);
    connect(&leads.desk(), &viewmodel::Desk::tick, this, &LeadDetailPane::tick);
    followTheme(*this, theme);
    refresh();
    composer_->setText(lead_.draft());
    showDraftState();
}

void LeadDetailPane::makeHeader(QVBoxLayout& column) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kMargin, 0, kMargin, 0);
    head->setSpacing(8);
    title_ = new ElidedLabel(theme_, QString(), TextStyle::DetailTitle, Role::TextPrimary, this);
    title_->setObjectName(QStringLiteral("leadTitle"));
    title_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    head->addWidget(title_);
    chip_ = new ChipLabel(theme_, {}, this);
    chip_->setObjectName(QStringLiteral("leadChip"));
    head->addWidget(chip_);
    head->addStretch(1);
    claim_ = new Button(theme_, ButtonKind::Primary, tr("Claim"), this);
    claim_->setSymbol(icons::kActionClaim);
    claim_->setKeyCap(QStringLiteral("Ü"));
    head->addWidget(claim_);
    step_ = new Button(theme_, ButtonKind::Secondary, tr("Next step"), this);
    step_->setSymbol(icons::kActionSchedule);
    head->addWidget(step_);
    close_ = new Button(theme_, ButtonKind::Secondary, tr("Close lead"), this);
    close_->setSymbol(icons::kActionClose);
    head->addWidget(close_);
    more_ = new IconButton(theme_, icons::kActionMore, tr("More"), this);
    more_->setObjectName(QStringLiteral("leadMore"));
    menu_ = new Menu(theme_, this);
    menu_->setObjectName(QStringLiteral("leadMenu"));
    connect(more_, &QAbstractButton::clicked, this,
            [this] { menu_->openAt(*more_, Qt::RightEdge); });
    head->addWidget(more_);
    column.addLayout(head);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(kMargin, 4, kMargin, 12);
    about_ = new ElidedLabel(theme_, QString(), TextStyle::Body, Role::TextSecondary, this);
    about_->setObjectName(QStringLiteral("leadAbout"));
    line->addWidget(about_);
    column.addLayout(line);
}

void LeadDetailPane::makeMiddle(QVBoxLayout& column) {
    auto* wide = new QVBoxLayout;
    wide->setContentsMargins(kMargin, 0, kMargin, 8);
    wide->setSpacing(12);
    stages_ = new StageBar(theme_, this);
    stages_->setObjectName(QStringLiteral("stageBar"));
    wide->addWidget(stages_);
    wide->addSpacing(2);
    closePanel_ = new ClosePanel(theme_, this);
    stepPanel_ = new StepPanel(theme_, this);
    notice_ = new InlineBanner(theme_, InlineBanner::Tone::Info, icons::kStateInfo, this);
    notice_->setObjectName(QStringLiteral("leadNotice"));
    next_ = new NextStepBar(theme_, this);
    next_->setObjectName(QStringLiteral("nextStep"));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{closePanel_, stepPanel_, notice_, next_}) {
        wide->addWidget(widget);
        widget->hide();
    }
    column.addLayout(wide);
    timeline_ = new Timeline(theme_, this);
    timeline_->setObjectName(QStringLiteral("leadTimeline"));
    column.addWidget(timeline_, 1);
    connect(stages_, &StageBar::stageChosen, this, &LeadDetailPane::stageChosen);
    connect(closePanel_, &ClosePanel::cancelled, this, &LeadDetailPane::closePanels);
    connect(closePanel_, &ClosePanel::finished, this, [this](int status, const QString& reason) {
        lead_.finish(static_cast<record::LeadStatus>(status), reason, this, closeWhenStored());
    });
    connect(stepPanel_, &StepPanel::cancelled, this, &LeadDetailPane::closePanels);
    connect(stepPanel_, &StepPanel::finished, this, [this](const QString& text, qint64 dueMs) {
        lead_.setNextStep(text, dueMs, this, closeWhenStored());
    });
}

void LeadDetailPane::makeComposer(QVBoxLayout& column) {
    foot_ = new QWidget(this);
    auto* row = new QHBoxLayout(foot_);
    row->setContentsMargins(18, 8, 18, 0);
    composer_ = new Composer(theme_, foot_);
    composer_->setObjectName(QStringLiteral("composer"));
    composer_->edit().setObjectName(QStringLiteral("noteText"));
    composer_->edit().setAccessibleName(tr("Note"));
    composer_->sendButton().setObjectName(QStringLiteral("noteSave"));
    composer_->setExtrasVisible(false);
    composer_->setChannels({{QStringLiteral("note"), tr("Note"), icons::kChannelNote, true, {}}});
    composer_->setChannel(QStringLiteral("note"));
    composer_->setPlaceholder(tr("Internal note, seen by colleagues only"));
    row->addWidget(composer_);
    column.addWidget(foot_);
    connect(composer_, &Composer::draftChanged, this, [this](const QString& text) {
        lead_.setDraft(text);
        composer_->sendButton().setEnabled(!text.trimmed().isEmpty());
    });
}

void LeadDetailPane::bind(const ActionRegistry& actions) {
    const auto put = [&](QAbstractButton& button, const char* id) {
        ActionRegistry::bind(button, *actions.action(QString::fromLatin1(id)));
    };
    put(*claim_, "lead.claim");
    put(*step_, "lead.step");
    put(*close_, "lead.close");
    connect(composer_, &Composer::sendRequested, actions.action(QStringLiteral("lead.saveNote")),
            &QAction::trigger);
    connect(next_, &NextStepBar::doneRequested, actions.action(QStringLiteral("lead.stepDone")),
            &QAction::trigger);
    connect(next_, &NextStepBar::snoozeRequested, actions.action(QStringLiteral("lead.snooze")),
            &QAction::trigger);
    for (const char* id :
         {"lead.call", "lead.mail", "lead.step", "lead.release", "lead.copyNumber"}) {
        if (QAction* action = actions.action(QString::fromLatin1(id))) {
            menu_->addAction(action);
        }
    }
}

void LeadDetailPane::openClosePanel() {
    if (lead_.mayWork()) {
        stepPanel_->hide();
        closePanel_->show();
        closePanel_->start();
    }
}

void LeadDetailPane::openStepPanel() {
    if (!lead_.mayWork()) {
        return;
    }
    closePanel_->hide();
    stepPanel_->show();
    const replica::LeadRow& row = lead_.lead()->row;
    const std::int64_t proposed = (leads_.desk().nowMs() / kHourMs + 2) * kHourMs;
    stepPanel_->start(qstr(row.nextStep), row.nextStepMs != 0 ? row.nextStepMs : proposed);
}

void LeadDetailPane::closePanels() {
    closePanel_->hide();
    stepPanel_->hide();
}

// What was typed into a panel stays there until it is stored.
viewmodel::Desk::Done LeadDetailPane::closeWhenStored() {
    return [this, lead = lead_.id()](ErrorCode code) {
        if (code == ErrorCode::Ok && lead == lead_.id()) {
            closePanels();
        }
    };
}

bool LeadDetailPane::hasOpenPanel() const {
    return closePanel_->isVisible() || stepPanel_->isVisible();
}

void LeadDetailPane::focusNote() {
    if (foot_->isVisible()) {
        composer_->edit().setFocus(Qt::ShortcutFocusReason);
    }
}

void LeadDetailPane::saveNote() {
    lead_.addNote();
}

int LeadDetailPane::footHeight() const {
    constexpr int kGap = 16;
    return foot_->isHidden() ? kGap : foot_->sizeHint().height() + kGap;
}

void LeadDetailPane::stageChosen(int index) {
    const auto stages = domain::openStages();
    if (index < static_cast<int>(stages.size())) {
        lead_.moveTo(stages[static_cast<std::size_t>(index)]);
    } else {
        openClosePanel();
    }
}

void LeadDetailPane::refresh() {
    const bool shown = lead_.lead().has_value();
    if (stack_->currentIndex() == 1 && !shown && lead_.isLoading()) {
        // The next lead is a few milliseconds away; nothing flickers, nothing stays.
        title_->setText({});
        about_->setText({});
        closePanels();
        return;
    }
    unreadable_->setError(shown ? ErrorCode::Ok : lead_.readError());
    stack_->setCurrentIndex(shown ? 1 : lead_.readError() == ErrorCode::Ok ? 0 : 2);
    if (shown) {
        refreshHeader();
        refreshNotice();
        refreshStages();
        refreshStep();
        refreshComposer();
        refreshTimeline();
    }
    Q_EMIT refreshed();
}

void LeadDetailPane::refreshHeader() {
    const replica::LeadDetail& lead = *lead_.lead();
    const QString region = lead.row.region.empty() ? tr("unknown region") : qstr(lead.row.region);
    const QString name = lead_.customerName();
    const QString title = name.isEmpty() ? tr("Enquiry, %1").arg(region) : name;
    title_->setText(title);
    title_->setAccessibleName(title);
    ChipLook chip;
    if (lead_.claimState().mark == ClaimMark::Noted) {
        chip = {tr("pencilled in"), ChipTone::Warning, icons::kSyncPending};
    } else if (lead_.isClosed()) {
        chip = {Words::status(lead.row.status),
                lead.row.status == record::WON ? ChipTone::Success : ChipTone::Neutral,
                icons::kActionClose};
    } else if (!lead_.ownerName().isEmpty()) {
        chip = {tr("with %1").arg(lead_.ownerName()), ChipTone::Neutral, Icon::User};
    } else if (lead.row.owner.isNone()) {
        chip = {Words::status(lead.row.status), statusTone(lead.row.status)};
    } else if (lead.row.pending) {
        chip = {tr("waiting for the server"), ChipTone::Neutral, icons::kSyncPending};
    }
    chip_->setLook(chip);
    chip_->setAccessibleName(chip.text);
    chip_->setVisible(!chip.text.isEmpty());
    QStringList parts{Words::wishLine(lead.lead.wish()), Words::source(lead.row)};
    if (lead.row.number != 0) {
        parts << tr("No. %1", "number of a lead").arg(lead.row.number);
    }
    parts.removeAll(QString());
    about_->setText(parts.join(kDot));
    about_->setAccessibleName(parts.join(QStringLiteral(", ")));
    const ClaimMark mark = lead_.claimState().mark;
    claim_->setVisible(lead.row.owner.isNone() && !lead_.isClosed() && mark != ClaimMark::Noted);
    claim_->setBusy(mark == ClaimMark::Asking);
    step_->setVisible(lead_.mayWork());
    close_->setVisible(lead_.mayWork());
    more_->setVisible(lead_.mayWork());
}

void LeadDetailPane::refreshNotice() {
    const replica::LeadRow& row = lead_.lead()->row;
    const viewmodel::ClaimState claim = lead_.claimState();
    QString strong;
    QString rest;
    if (lead_.readError() != ErrorCode::Ok) {
        strong = tr("Not the newest state.");
        rest = Words::readProblem(lead_.readError());
    } else if (!lead_.ownerName().isEmpty() && !lead_.isClosed()) {
        strong = tr("%1 has claimed this lead.").arg(lead_.ownerName());
        rest = lead_.isHidden() ? tr("Customer and messages are visible to the owner.") : QString();
    } else if (claim.mark == ClaimMark::Noted) {
        strong = tr("Pencilled in, not claimed yet.");
        rest =
            tr("The wish is sent as soon as there is a connection. Whoever is first there "
               "gets it.");
    } else if (claim.mark == ClaimMark::Failed || claim.mark == ClaimMark::Taken) {
        strong = claim.sentence;
    } else if (row.owner.isNone() && !lead_.isClosed()) {
        strong = tr("Customer data hidden.");
        rest = tr("Name, telephone and message are shown after the claim.");
    } else if (lead_.isMine() && row.deadlineMs > leads_.desk().nowMs() && !lead_.isClosed()) {
        strong = tr("First step expected within %1.")
                     .arg(Words::countdown(row.deadlineMs - leads_.desk().nowMs()));
        rest = tr("A note or a new status is enough; otherwise the lead returns to all.");
    } else if (lead_.isClosed() && !lead_.lead()->lead.close_reason().empty()) {
        strong = tr("Reason:");
        rest = qstr(lead_.lead()->lead.close_reason());
    }
    notice_->setText(strong, rest);
    notice_->setAccessibleName((strong + QLatin1Char(' ') + rest).trimmed());
    notice_->setVisible(!strong.isEmpty());
}

void LeadDetailPane::refreshStages() {
    using State = StageBar::State;
    const record::LeadStatus status = lead_.lead()->row.status;
    std::vector<StageBar::Stage> stages;
    bool before = true;
    for (const record::LeadStatus stage : domain::openStages()) {
        const bool current = stage == status;
        before = before && !current;
        stages.push_back({Words::status(stage), current                      ? State::Current
                                                : before || lead_.isClosed() ? State::Done
                                                                             : State::Open});
    }
    if (lead_.isClosed()) {
        // Which stages were reached is in the history; here only the end counts.
        stages.push_back({Words::status(status), State::Current});
    } else {
        stages.push_back({tr("Closing"), State::Open});
    }
    stages_->setStages(std::move(stages));
    stages_->setEnabled(lead_.mayWork());
}

void LeadDetailPane::refreshStep() {
    const replica::LeadRow& row = lead_.lead()->row;
    if (row.nextStep.empty() || !lead_.mayWork()) {
        next_->clear();
        return;
    }
    const std::int64_t now = leads_.desk().nowMs();
    const viewmodel::DueWords due = Words::due(now, row.nextStepMs);
    next_->setStep(
        {qstr(row.nextStep), tr("at %1").arg(Words::moment(now, row.nextStepMs)), due.note});
}

void LeadDetailPane::refreshComposer() {
    foot_->setVisible(lead_.mayWork());
    const bool online = !leads_.desk().isOffline();
    composer_->setSendAction(online ? tr("Save") : tr("Pencil in"),
                             online ? Icon::Save : icons::kSyncPending,
                             tr("Ctrl") + QStringLiteral(" ↵"));
    composer_->sendButton().setAccessibleName(online ? tr("Save note") : tr("Pencil in note"));
    composer_->sendButton().setEnabled(!composer_->text().trimmed().isEmpty());
    if (online) {
        composer_->clearNotice();
    } else {
        composer_->setNotice({tr("Sent once connected"), ChipTone::Warning, icons::kSyncOffline});
    }
}

void LeadDetailPane::refreshTimeline() {
    timeline_->setItems(
        LeadTimeline::items(lead_.timeline(), lead_.customerName(), leads_.desk().viewer().user));
}

void LeadDetailPane::showDraftState() {
    composer_->setDraftNote(lead_.draftSavedMs() == 0
                                ? QString()
                                : tr("Draft saved %1").arg(Words::clock(lead_.draftSavedMs())));
    composer_->sendButton().setEnabled(!composer_->text().trimmed().isEmpty());
}

void LeadDetailPane::tick() {
    if (lead_.lead() && lead_.lead()->row.deadlineMs != 0) {
        refreshNotice();
    }
}

void LeadDetailPane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ThemePainter(painter, theme_).fill(rect(), Role::Surface);
}

}  // namespace vorfahrt::client::ui
