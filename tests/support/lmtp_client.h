// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace vorfahrt::test {

// Hands one mail over by LMTP and returns the server's answer to each recipient ("250 ...", "550
// ..."), from RCPT where it refuses there, else from the end of the data. Empty: the connection
// ended before an answer, so the mail may have been taken or not. Blocks; needs no event loop. Line
// ends may be \n.
[[nodiscard]] QStringList deliverMail(quint16 port, const QStringList& recipients,
                                      const QByteArray& mail, int timeoutMs = 20'000);

}  // namespace vorfahrt::test
