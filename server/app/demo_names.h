// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace vorfahrt::server::app::demo {

// Invented material for demo data. Telephone numbers come from the ranges that the
// Bundesnetzagentur keeps free for films (040 66969 xxx, 0176 040690 xx).

struct Car {
    std::string_view make;
    std::string_view model;
    int priceEuro;
};

struct Person {
    std::string_view login;
    std::string_view name;
    bool manager;
    bool admin;
    int site;  // 0, 1; 2: both
};

[[nodiscard]] std::span<const std::string_view> women();
[[nodiscard]] std::span<const std::string_view> men();
[[nodiscard]] std::span<const std::string_view> families();
[[nodiscard]] std::span<const std::string_view> companies();
[[nodiscard]] std::span<const std::string_view> streets();
// Postcode and district: "22041 Hamburg".
[[nodiscard]] std::span<const std::string_view> places();
[[nodiscard]] std::span<const Car> cars();
[[nodiscard]] std::span<const std::string_view> enquiries();
[[nodiscard]] std::span<const std::string_view> notes();
[[nodiscard]] std::span<const std::string_view> steps();
[[nodiscard]] std::span<const Person> staff();

}  // namespace vorfahrt::server::app::demo
