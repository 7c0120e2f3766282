// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// File: service/service_manager.h
//
// What a service manager is told of this process: systemd's protocol of
// sd_notify(3), a datagram to the socket that NOTIFY_SOCKET names, by which a
// unit of Type=notify is active when it serves and not when it was started.
// Where nobody asked for it, nothing is sent and all is well.

#ifndef GONGKAI_SERVICE_SERVICE_MANAGER_H_
#define GONGKAI_SERVICE_SERVICE_MANAGER_H_

#include <string_view>

#include "absl/status/status.h"

namespace gongkai::service {

// It serves, for the first time or again after a reload. `status` is a line for
// people, which `systemctl status` shows.
// Errors: why the manager could not be told, as for all of these. It will then
// end the process for want of the word.
absl::Status NotifyReady(std::string_view status);

// It reads its files anew, until NotifyReady().
absl::Status NotifyReloading();

// It stops.
absl::Status NotifyStopping(std::string_view status);

}  // namespace gongkai::service

#endif  // GONGKAI_SERVICE_SERVICE_MANAGER_H_
