// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/intake/mail_rule.h"

namespace vorfahrt::server::intake {

// Data, in the form in which a lead source holds its own rules. Labels are compared without case,
// with umlauts in either spelling, and without the colon.
std::string_view builtInMailRulesJson() {
    return R"json([
{"name": "german-labels", "version": 1, "senders": ["*"], "least_labels": 3,
 "labels": {
  "Anrede": "salutation", "Vorname": "first_name", "Nachname": "last_name",
  "Familienname": "last_name", "Zuname": "last_name", "Name": "full_name",
  "Vor- und Nachname": "full_name", "Vorname und Nachname": "full_name",
  "Vorname, Name": "full_name", "Interessent": "full_name", "Name des Interessenten": "full_name",
  "Kunde": "full_name", "Ansprechpartner": "full_name", "Absender": "full_name", "Von": "full_name",
  "Firma": "company", "Firmenname": "company", "Unternehmen": "company",
  "E-Mail": "email", "Email": "email", "E-Mail-Adresse": "email", "Emailadresse": "email",
  "E-Mailadresse": "email", "Mail": "email", "E-Mail des Interessenten": "email",
  "Telefon": "phone", "Tel": "phone", "Tel.": "phone", "Telefonnummer": "phone",
  "Telefon-Nr.": "phone", "Telefon privat": "phone", "Telefon (privat)": "phone",
  "Telefon geschäftlich": "phone", "Telefon (geschäftlich)": "phone", "Festnetz": "phone",
  "Rufnummer": "phone", "Rückrufnummer": "phone", "Mobil": "phone", "Mobiltelefon": "phone",
  "Mobilnummer": "phone", "Handy": "phone", "Handynummer": "phone", "Mobil / Telefon": "phone",
  "Telefon/Mobil": "phone", "Telefon / Mobil": "phone",
  "Straße": "street", "Straße, Nr.": "street", "Straße und Hausnummer": "street",
  "Straße / Hausnummer": "street", "Straße/Nr.": "street",
  "PLZ": "postcode", "Postleitzahl": "postcode", "Ort": "city", "Stadt": "city", "Wohnort": "city",
  "PLZ / Ort": "city", "PLZ/Ort": "city", "PLZ, Ort": "city", "PLZ Ort": "city",
  "PLZ und Ort": "city", "Adresse": "address", "Anschrift": "address", "Land": "country",
  "Fahrzeug": "vehicle", "Wunschfahrzeug": "vehicle", "Inserat": "vehicle",
  "Fahrzeugbezeichnung": "vehicle", "Fahrzeugtitel": "vehicle", "Angebot": "vehicle",
  "Ihr Inserat": "vehicle", "Auto": "vehicle",
  "Marke": "make", "Hersteller": "make", "Fabrikat": "make", "Modell": "model",
  "Modellbezeichnung": "model", "Variante": "variant", "Ausstattung": "variant",
  "Ausführung": "variant", "Typ": "variant",
  "Erstzulassung": "first_registration", "EZ": "first_registration",
  "Baujahr": "first_registration", "Datum der Erstzulassung": "first_registration",
  "Kilometerstand": "mileage", "Kilometer": "mileage", "Laufleistung": "mileage",
  "km-Stand": "mileage", "km": "mileage",
  "Preis": "price", "Fahrzeugpreis": "price", "Verkaufspreis": "price", "Bruttopreis": "price",
  "Preis (brutto)": "price", "Angebotspreis": "price",
  "FIN": "vin", "Fahrgestellnummer": "vin", "Fahrgestell-Nr.": "vin",
  "Fahrzeug-Identifizierungsnummer": "vin", "VIN": "vin",
  "Inserat-Nr.": "stock_number", "Inserat-Nr": "stock_number", "Inserat-ID": "stock_number",
  "Inseratsnummer": "stock_number", "Inseratnummer": "stock_number",
  "Anzeigennummer": "stock_number", "Anzeigen-Nr.": "stock_number",
  "Fahrzeugnummer": "stock_number", "Fahrzeug-Nr.": "stock_number",
  "Angebotsnummer": "stock_number", "Angebots-Nr.": "stock_number",
  "Interne Nummer": "stock_number", "Interne Nr.": "stock_number", "Zustand": "condition",
  "Nachricht": "message", "Ihre Nachricht": "message", "Nachricht des Interessenten": "message",
  "Bemerkung": "message", "Bemerkungen": "message", "Kommentar": "message",
  "Mitteilung": "message", "Anmerkung": "message", "Anmerkungen": "message",
  "Nachricht an den Händler": "message", "Text der Anfrage": "message", "Anfragetext": "message",
  "Anfragedatum": "requested_at", "Datum der Anfrage": "requested_at",
  "Anfrage vom": "requested_at", "Eingegangen am": "requested_at",
  "Anfrage-ID": "event_id", "Anfrage-Nr.": "event_id", "Anfragenummer": "event_id",
  "Lead-ID": "event_id", "Vorgangsnummer": "event_id", "Referenznummer": "event_id",
  "Händler": "dealer", "Händlernummer": "dealer", "Kundennummer": "dealer", "Knd.-Nr.": "dealer",
  "Knd.-Nr": "dealer",
  "Link": "ignore", "Link zum Inserat": "ignore", "URL": "ignore", "IP-Adresse": "ignore",
  "Kraftstoff": "ignore", "Leistung": "ignore", "Getriebe": "ignore", "Farbe": "ignore",
  "Datenschutz": "ignore", "Newsletter": "ignore", "Fax": "ignore", "Betreff": "ignore",
  "Finanzierung": "ignore", "Probefahrt gewünscht": "ignore", "Rückruf gewünscht": "ignore"},
 "sections": {
  "Inzahlungnahme": "trade_in", "In Zahlung": "trade_in", "Fahrzeug in Zahlung": "trade_in",
  "Inzahlungnahmefahrzeug": "trade_in", "Altfahrzeug": "trade_in", "Gebrauchtwagen in Zahlung":
  "trade_in", "Ihr Altfahrzeug": "trade_in", "Fahrzeug des Interessenten": "trade_in",
  "Fahrzeugdaten": "wish", "Angefragtes Fahrzeug": "wish", "Daten zum Fahrzeug": "wish",
  "Kontaktdaten": "person", "Persönliche Daten": "person", "Kundendaten": "person",
  "Daten des Interessenten": "person"},
 "end_markers": ["-- ", "---", "___", "===", "Diese E-Mail wurde", "Diese Nachricht wurde",
  "Dies ist eine automatisch", "Bitte antworten Sie nicht", "Impressum", "Sie erhalten diese"]}
])json";
}

}  // namespace vorfahrt::server::intake
