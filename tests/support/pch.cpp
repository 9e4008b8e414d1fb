// SPDX-License-Identifier: GPL-3.0-or-later
// Only the precompiled header of the Qt Test programs is compiled with this file.
