// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/replica/image_store.h"

namespace vorfahrt::client::replica {

// Visible rows := pending edits replayed over the server's image (sync.md 2.3), for the rows in
// work.dirty and all that hang together with them by an edit. Rows without a pending edit lose
// their shadow. An edit whose rule refuses it now is left out: the server will refuse it, too, and
// say so.
[[nodiscard]] Status rebase(Work& work, ImageStore& images, MetaStore& meta, PendingIndex& pending);

// Runs one new edit over the visible rows and writes them. The shadows are saved already.
[[nodiscard]] Status applyToVisible(Work& work, ImageStore& images, const wire::Mutation& mutation);

}  // namespace vorfahrt::client::replica
