// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/store.h"

#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace vorfahrt::tests {

// What every engine of server/store keeps. A test program gives the factory of its engine; each
// case gets an empty database.
class StoreContract : public QObject {
    Q_OBJECT
public:
    using Open =
        std::function<std::unique_ptr<server::store::Engine>(const QTemporaryDir& directory)>;
    explicit StoreContract(Open open)
        : open_(std::move(open)) {}

private Q_SLOTS:
    void init();
    void cleanup();
    void headsSurviveAReopen();
    void rowsKeepAllFacets();
    void sumsFollowTheEntries();
    void membershipsNameTheScopesOfAFacet();
    void aSavepointTakesEverythingBack();
    void aSavepointOfTheBatchSpoilsIt();
    void aRolledBackBatchLeavesNothing();
    void entriesComeInOrderAndOnlyOnce();
    void snapshotPagesHoldEveryRowOnce();
    void aReaderSeesOnePointInTime();
    void resultsAreReadByMid();
    void aClaimIsAnsweredOnce();
    void accountsAndTokens();
    void deadlinesAcrossTenants();
    void numbersAndAddresses();
    void rawMessagesAreKeptAsTheyCame();
    void commitsOfOthersAreNoticed();

private:
    void put(server::store::WriteStore& store, TenantId tenant, std::string scope, RowId id,
             Seq seq, bool remove = false);
    [[nodiscard]] server::store::ScopeSum sum(TenantId tenant, const std::string& scope);

    Open open_;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<server::store::Engine> engine_;
    std::unique_ptr<server::store::WriteStore> writer_;
    std::unique_ptr<server::store::ReadStore> reader_;
    TenantId tenant_;
    TenantId other_;
};

}  // namespace vorfahrt::tests
