// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/demo_names.h"

#include <array>

namespace vorfahrt::server::app::demo {
namespace {

using Text = std::string_view;

constexpr auto kWomen =
    std::to_array<Text>({"Anna",  "Birgit", "Carla", "Doris",  "Elke", "Franziska", "Gesa",
                         "Hanna", "Inga",   "Jana",  "Katrin", "Lena", "Maike",     "Nele",
                         "Petra", "Ronja",  "Silke", "Tanja",  "Ute",  "Wiebke"});
constexpr auto kMen =
    std::to_array<Text>({"Arne",   "Bernd", "Christian", "Detlef",  "Emil",   "Falk",  "Gerrit",
                         "Holger", "Ingo",  "Jens",      "Karsten", "Lars",   "Malte", "Nils",
                         "Ole",    "Peer",  "Rolf",      "Sönke",   "Torben", "Uwe"});
constexpr auto kFamilies = std::to_array<Text>(
    {"Ahlers",    "Behrens",  "Claussen", "Dierks", "Ehlers",  "Feddersen",    "Göttsche",
     "Harms",     "Ivers",    "Jansen",   "Kröger", "Lührs",   "Meinert",      "Nissen",
     "Oldenburg", "Petersen", "Quast",    "Rehder", "Stübner", "Thomsen",      "Uhlig",
     "Voß",       "Wulff",    "Yilmaz",   "Zander", "Bröcker", "Christiansen", "Ebeling",
     "Freese",    "Grünwald", "Hinrichs", "Jebsen", "Kühl",    "Lorenzen",     "Möller-Bahr"});
constexpr auto kCompanies = std::to_array<Text>(
    {"Elbtischlerei Rehder GmbH", "Malerbetrieb Kröger", "Pflegedienst Alsterblick GmbH",
     "Bäckerei Voß & Sohn", "Hafenlogistik Nissen KG", "Gartenbau Lührs", "Elektro Thomsen GmbH",
     "Dachdeckerei Ivers", "Kanzlei Oldenburg", "Fahrschule Uhlig"});
constexpr auto kStreets = std::to_array<Text>(
    {"Ahornweg", "Birkenstieg", "Deichstraße", "Eulenkrug", "Fährweg", "Gänsemarktweg",
     "Heidestraße", "Kastanienallee", "Lindenring", "Möwenstieg", "Nordmarkweg", "Reetdamm",
     "Schulterblick", "Torfweg", "Ulmenkamp", "Wiesengrund"});
constexpr auto kPlaces = std::to_array<Text>(
    {"22041 Hamburg", "22047 Hamburg", "22089 Hamburg", "21073 Hamburg", "21075 Hamburg",
     "21079 Hamburg", "22143 Hamburg", "22926 Ahrensburg", "21465 Reinbek", "21218 Seevetal",
     "21614 Buxtehude", "22846 Norderstedt"});
constexpr auto kCars = std::to_array<Car>({{"VW", "Golf 1.5 TSI Life", 24'990},
                                           {"VW", "Tiguan 2.0 TDI Elegance", 36'480},
                                           {"VW", "ID.3 Pro", 29'900},
                                           {"VW", "Passat Variant 2.0 TDI", 31'750},
                                           {"Škoda", "Octavia Combi 2.0 TDI", 27'450},
                                           {"Škoda", "Kodiaq 2.0 TDI Sportline", 41'900},
                                           {"Škoda", "Enyaq 80", 38'800},
                                           {"SEAT", "Leon ST 1.5 eTSI", 23'690},
                                           {"Cupra", "Formentor 1.4 e-Hybrid", 33'200},
                                           {"Audi", "A4 Avant 40 TDI", 39'950},
                                           {"Audi", "Q4 e-tron 40", 44'700},
                                           {"Ford", "Kuga 2.5 PHEV ST-Line", 29'980},
                                           {"Opel", "Corsa 1.2 Turbo", 17'490},
                                           {"Kia", "Sportage 1.6 T-GDI", 30'890},
                                           {"Hyundai", "Kona Elektro", 27'990},
                                           {"Mercedes-Benz", "C 220 d T-Modell", 42'300}});
constexpr auto kEnquiries = std::to_array<Text>(
    {"Guten Tag, ist das Fahrzeug noch verfügbar? Ich würde gern am Samstag eine Probefahrt "
     "machen.",
     "Hallo, können Sie mir ein Angebot für die Finanzierung über 48 Monate machen?",
     "Ich möchte meinen jetzigen Wagen in Zahlung geben. Was brauchen Sie dafür von mir?",
     "Moin, hat der Wagen eine Anhängerkupplung, und ist er unfallfrei?",
     "Bitte rufen Sie mich nach 17 Uhr an, tagsüber bin ich schlecht zu erreichen.",
     "Wir suchen einen zweiten Wagen für die Familie. Was ist Ihr letzter Preis?",
     "Ist eine Auslieferung nach Schleswig-Holstein möglich, und was kostet sie?",
     "Gibt es zu dem Auto noch Winterräder dazu? Scheckheft lückenlos?"});
constexpr auto kNotes =
    std::to_array<Text>({"Zurückgerufen, möchte das Fahrzeug am Wochenende ansehen.",
                         "Angebot per E-Mail geschickt, meldet sich nach Rücksprache mit der Bank.",
                         "Inzahlungnahme besprochen: Golf VII von 2016, etwa 120.000 km.",
                         "Nicht erreicht, auf dem Anrufbeantworter gesprochen.",
                         "Probefahrt gemacht, sehr zufrieden, wartet auf Leasingrate."});
constexpr auto kSteps = std::to_array<Text>(
    {"Zurückrufen", "Angebot nachfassen", "Probefahrt bestätigen", "Unterlagen anfordern"});
constexpr auto kStaff = std::to_array<Person>({{"k.brandt", "Kerstin Brandt", false, true, 2},
                                               {"h.brandt", "Henning Brandt", true, false, 0},
                                               {"s.lueders", "Sabine Lüders", true, false, 1},
                                               {"a.demir", "Aylin Demir", false, false, 0},
                                               {"b.krause", "Björn Krause", false, false, 0},
                                               {"c.stahl", "Clara Stahl", false, false, 0},
                                               {"d.hansen", "Dirk Hansen", false, false, 0},
                                               {"e.novak", "Eva Novak", false, false, 1},
                                               {"f.paulsen", "Finn Paulsen", false, false, 1},
                                               {"g.roth", "Gesine Roth", false, false, 1}});

}  // namespace

std::span<const Text> women() {
    return kWomen;
}
std::span<const Text> men() {
    return kMen;
}
std::span<const Text> families() {
    return kFamilies;
}
std::span<const Text> companies() {
    return kCompanies;
}
std::span<const Text> streets() {
    return kStreets;
}
std::span<const Text> places() {
    return kPlaces;
}
std::span<const Car> cars() {
    return kCars;
}
std::span<const Text> enquiries() {
    return kEnquiries;
}
std::span<const Text> notes() {
    return kNotes;
}
std::span<const Text> steps() {
    return kSteps;
}
std::span<const Person> staff() {
    return kStaff;
}

}  // namespace vorfahrt::server::app::demo
