// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0

// Reads metrics as Prometheus does.

#ifndef GONGKAI_TESTS_SERVICE_SCRAPE_H_
#define GONGKAI_TESTS_SERVICE_SCRAPE_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace gongkai::service {

// The answer to GET /metrics on this port of a host, an IPv4 address, head
// included; empty if there is none.
inline std::string Scrape(int port, const char* host = "127.0.0.1") {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, host, &address.sin_addr);
  std::string answer;
  const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) ==
          0 &&
      write(fd, request.data(), request.size()) ==
          static_cast<ssize_t>(request.size())) {
    char buffer[4096];
    for (ssize_t got; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
      answer.append(buffer, static_cast<size_t>(got));
    }
  }
  close(fd);
  return answer;
}

// The value of one series, as it is written with its labels; -1 if it is not
// there.
inline double Metric(const std::string& page, const std::string& series) {
  const size_t found = page.find("\n" + series + " ");
  if (found == std::string::npos) return -1;
  return atof(page.c_str() + found + series.size() + 2);
}

}  // namespace gongkai::service

#endif  // GONGKAI_TESTS_SERVICE_SCRAPE_H_
