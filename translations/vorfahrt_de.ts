<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>vorfahrt::client::app::DeskWindow</name>
    <message>
        <source>Leads</source>
        <translation>Verkaufschancen</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Posteingang</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Help and keys</source>
        <translation>Hilfe und Tastatur</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Go to leads</source>
        <translation>Zu den Verkaufschancen</translation>
    </message>
    <message>
        <source>Go to the inbox</source>
        <translation>Zum Posteingang</translation>
    </message>
    <message>
        <source>Go to customers</source>
        <translation>Zu den Kunden</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Einen Schritt zurück</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helle Darstellung</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkle Darstellung</translation>
    </message>
    <message>
        <source>Theme as in the system</source>
        <translation>Darstellung wie im System</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Another business</source>
        <translation>Anderer Betrieb</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>Meldung ausblenden</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>Nummer kopieren</translation>
    </message>
    <message>
        <source>Copy the e-mail address</source>
        <translation>E-Mail-Adresse kopieren</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>Show or hide the sync</source>
        <translation>Abgleich ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Account and people</source>
        <translation>Konto und Benutzer</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>Andere Person</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>Wechseln zu %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::app::DesktopAnnouncer</name>
    <message>
        <source>Open Vorfahrt</source>
        <translation>Vorfahrt öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::app::NotificationCenter</name>
    <message>
        <source>Nothing to claim</source>
        <translation>Nichts zu übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s) to claim</source>
        <translation>
            <numerusform>%n Verkaufschance zu übernehmen</numerusform>
            <numerusform>%n Verkaufschancen zu übernehmen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::app::Options</name>
    <message>
        <source>The desk of a car dealership.</source>
        <translation>Der Arbeitsplatz eines Autohauses.</translation>
    </message>
    <message>
        <source>Server to work with.</source>
        <translation>Server, mit dem gearbeitet wird.</translation>
    </message>
    <message>
        <source>SHA-256 of the server&apos;s certificate; any other certificate is refused.</source>
        <translation>SHA-256 des Serverzertifikats; jedes andere wird abgelehnt.</translation>
    </message>
    <message>
        <source>Folder of this desk&apos;s data.</source>
        <translation>Ordner mit den Daten dieses Arbeitsplatzes.</translation>
    </message>
    <message>
        <source>Language: de or en.</source>
        <translation>Sprache: de oder en.</translation>
    </message>
    <message>
        <source>Theme: light, dark or system.</source>
        <translation>Darstellung: light, dark oder system.</translation>
    </message>
    <message>
        <source>“%1” is not a server. Write it as HOST:PORT.</source>
        <translation>„%1“ ist kein Server. Schreiben Sie HOST:PORT.</translation>
    </message>
    <message>
        <source>The fingerprint is missing or not a SHA-256 (32 bytes in hexadecimal digits). The server prints it when it starts.</source>
        <translation>Der Fingerabdruck fehlt oder ist kein SHA-256 (32 Byte in hexadezimalen Ziffern). Der Server nennt ihn beim Start.</translation>
    </message>
    <message>
        <source>A fingerprint needs a server: --server HOST:PORT.</source>
        <translation>Ein Fingerabdruck braucht einen Server: --server HOST:PORT.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::AccountPage</name>
    <message>
        <source>Account and people</source>
        <translation>Konto und Benutzer</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Kennwort ändern</translation>
    </message>
    <message>
        <source>Password until now</source>
        <translation>Bisheriges Kennwort</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Kennwort</translation>
    </message>
    <message>
        <source>At least 10 characters</source>
        <translation>Mindestens 10 Zeichen</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>Neues Kennwort wiederholen</translation>
    </message>
    <message>
        <source>Changed. Your other desks ask for the new one.</source>
        <translation>Geändert. Ihre anderen Arbeitsplätze fragen nach dem neuen.</translation>
    </message>
    <message>
        <source>This computer and the others</source>
        <translation>Dieser Rechner und die anderen</translation>
    </message>
    <message>
        <source>Lock by itself after</source>
        <translation>Von selbst sperren nach</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 Min.</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 Min.</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 Min.</translation>
    </message>
    <message>
        <source>Your other desks are signed out.</source>
        <translation>Ihre anderen Arbeitsplätze sind abgemeldet.</translation>
    </message>
    <message>
        <source>Sign out on all other computers</source>
        <translation>Auf allen anderen Rechnern abmelden</translation>
    </message>
    <message>
        <source>Sign out everywhere</source>
        <translation>Überall abmelden</translation>
    </message>
    <message>
        <source>Server %1, certificate
%2</source>
        <translation>Server %1, Zertifikat
%2</translation>
    </message>
    <message>
        <source>Another server or certificate</source>
        <translation>Anderer Server oder anderes Zertifikat</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Verkauf</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Add user</source>
        <translation>Benutzer anlegen</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Standorte</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Add site</source>
        <translation>Standort anlegen</translation>
    </message>
    <message>
        <source>New code</source>
        <translation>Neuer Code</translation>
    </message>
    <message>
        <source>New code for %1</source>
        <translation>Neuer Code für %1</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Stilllegen</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 stilllegen</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>Alle Standorte</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ActionRegistry</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Del</source>
        <comment>key</comment>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Press a key.</source>
        <translation>Drücken Sie eine Taste.</translation>
    </message>
    <message>
        <source>Ctrl and Alt together are AltGr on German keyboards.</source>
        <translation>Strg und Alt zusammen sind auf deutschen Tastaturen AltGr.</translation>
    </message>
    <message>
        <source>This key belongs to Windows.</source>
        <translation>Diese Taste gehört Windows.</translation>
    </message>
    <message>
        <source>Lists and text fields need this key.</source>
        <translation>Listen und Textfelder brauchen diese Taste.</translation>
    </message>
    <message>
        <source>Text fields need this key.</source>
        <translation>Textfelder brauchen diese Taste.</translation>
    </message>
    <message>
        <source>Already the key of “%1”.</source>
        <translation>Schon vergeben für „%1“.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ClosePanel</name>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Close lead</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>How did it end?</source>
        <translation>Wie ist es ausgegangen?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Say in a few words why.</source>
        <translation>Nennen Sie kurz den Grund.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CodesView</name>
    <message>
        <source>Hand each code to its person. It is shown only now, and good once.</source>
        <translation>Geben Sie jeden Code seiner Person. Er wird nur jetzt gezeigt und gilt einmal.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>%1, user name %2</source>
        <comment>person and login</comment>
        <translation>%1, Benutzername %2</translation>
    </message>
    <message>
        <source>Good until %1</source>
        <translation>Gültig bis %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::Composer</name>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Verfassen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Datei anhängen</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ConsentPanel</name>
    <message>
        <source>Calls</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>WhatsApp</source>
        <translation>WhatsApp</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Contact at all</source>
        <translation>Kontakt überhaupt</translation>
    </message>
    <message>
        <source>How it was said</source>
        <translation>Wie es gesagt wurde</translation>
    </message>
    <message>
        <source>Consents</source>
        <translation>Einwilligungen</translation>
    </message>
    <message>
        <source>by telephone, form of 12 Nov ...</source>
        <translation>telefonisch, Formular vom 12.11. …</translation>
    </message>
    <message>
        <source>For offer and contract</source>
        <translation>Für Angebot und Vertrag</translation>
    </message>
    <message>
        <source>Advertising: %1</source>
        <translation>Werbung: %1</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Objected</source>
        <translation>Widersprochen</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Erteilt</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ContactLine</name>
    <message>
        <source>Write to %1</source>
        <translation>An %1 schreiben</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>%1 anrufen</translation>
    </message>
    <message>
        <source>preferred</source>
        <translation>bevorzugt</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomerCards</name>
    <message>
        <source>No contact wanted</source>
        <translation>Kein Kontakt erwünscht</translation>
    </message>
    <message>
        <source>%1 open</source>
        <comment>consent for a channel, not known</comment>
        <translation>%1 offen</translation>
    </message>
    <message>
        <source>Advertising allowed: %1</source>
        <translation>Werbung erlaubt: %1</translation>
    </message>
    <message>
        <source>Advertising withdrawn: %1</source>
        <translation>Werbung widerrufen: %1</translation>
    </message>
    <message>
        <source>Advertising not allowed yet: %1</source>
        <translation>Werbung noch nicht erlaubt: %1</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit contact data</source>
        <translation>Kontaktdaten bearbeiten</translation>
    </message>
    <message>
        <source>Consents for %1</source>
        <translation>Einwilligungen für %1</translation>
    </message>
    <message>
        <source>No contact data yet.</source>
        <translation>Noch keine Kontaktdaten.</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Brief</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy address and salutation</source>
        <translation>Anschrift und Anrede kopieren</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Fahrzeuge</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add vehicle</source>
        <translation>Fahrzeug hinzufügen</translation>
    </message>
    <message>
        <source>No vehicle known.</source>
        <translation>Kein Fahrzeug bekannt.</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>Fahrzeug</translation>
    </message>
    <message>
        <source>VIN %1</source>
        <translation>FIN %1</translation>
    </message>
    <message>
        <source>HSN %1 · TSN %2</source>
        <translation>HSN %1 · TSN %2</translation>
    </message>
    <message>
        <source>HU %1</source>
        <translation>HU %1</translation>
    </message>
    <message>
        <source>HU due %1</source>
        <translation>HU fällig %1</translation>
    </message>
    <message>
        <source>HU overdue since %1</source>
        <translation>HU überfällig seit %1</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Abgleich</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Verkaufschancen</translation>
    </message>
    <message>
        <source>No lead that you may see.</source>
        <translation>Keine Verkaufschance, die Sie sehen dürfen.</translation>
    </message>
    <message>
        <source>Open lead: %1</source>
        <translation>Verkaufschance öffnen: %1</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomerFormView</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Straße und Hausnummer</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Postleitzahl</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Edit customer</source>
        <translation>Kunde bearbeiten</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>Hinzufügen: %1</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save customer</source>
        <translation>Kunde speichern</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Salutation</source>
        <translation>Anrede</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Ms</source>
        <translation>Frau</translation>
    </message>
    <message>
        <source>Mr</source>
        <translation>Herr</translation>
    </message>
    <message>
        <source>Divers</source>
        <translation>Divers</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation>Anredeform</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Zusatz</translation>
    </message>
    <message>
        <source>von, de</source>
        <translation>von, de</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>Fahrzeug</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>Entwurf verwerfen</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message>
        <source>Create customer</source>
        <translation>Kunde anlegen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Remove: %1</source>
        <translation>Entfernen: %1</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Kennzeichen</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>FIN</translation>
    </message>
    <message>
        <source>HSN</source>
        <translation>HSN</translation>
    </message>
    <message>
        <source>TSN</source>
        <translation>TSN</translation>
    </message>
    <message>
        <source>First registration</source>
        <translation>Erstzulassung</translation>
    </message>
    <message>
        <source>Next HU</source>
        <translation>Nächste HU</translation>
    </message>
    <message>
        <source>Mileage, km</source>
        <translation>Kilometerstand</translation>
    </message>
    <message>
        <source>MM/YYYY</source>
        <translation>MM/JJJJ</translation>
    </message>
    <message>
        <source>Remove vehicle</source>
        <translation>Fahrzeug entfernen</translation>
    </message>
    <message>
        <source>Draft saved</source>
        <translation>Entwurf gesichert</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Entwurf gesichert %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomerRows</name>
    <message>
        <source>changes wait for the server</source>
        <translation>Änderungen warten auf den Abgleich</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomerView</name>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Internal note, seen by colleagues only</source>
        <translation>Interne Notiz, nur für Kollegen</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Noch ohne Namen</translation>
    </message>
    <message>
        <source>Contact: %1</source>
        <translation>Kontakt: %1</translation>
    </message>
    <message>
        <source>Customer since %1</source>
        <translation>Kunde seit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n vehicle(s)</source>
        <translation>
            <numerusform>%n Fahrzeug</numerusform>
            <numerusform>%n Fahrzeuge</numerusform>
        </translation>
    </message>
    <message>
        <source>on first-name terms</source>
        <translation>per du</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Abgleich</translation>
    </message>
    <message>
        <source>Changes wait for the server</source>
        <translation>Änderungen warten auf den Abgleich</translation>
    </message>
    <message>
        <source>Not the newest state.</source>
        <translation>Nicht der neueste Stand.</translation>
    </message>
    <message>
        <source>No contact yet.</source>
        <translation>Noch kein Kontakt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Pencil in</source>
        <translation>Vormerken</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Pencil in note</source>
        <translation>Notiz vormerken</translation>
    </message>
    <message>
        <source>Draft saved</source>
        <translation>Entwurf gesichert</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Entwurf gesichert %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomersPage</name>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>No customers yet. They appear with the first claimed lead.</source>
        <translation>Noch keine Kunden. Sie erscheinen mit der ersten übernommenen Verkaufschance.</translation>
    </message>
    <message>
        <source>Choose a customer on the left.</source>
        <translation>Wählen Sie links einen Kunden.</translation>
    </message>
    <message>
        <source>Edit customer</source>
        <translation>Kunde bearbeiten</translation>
    </message>
    <message>
        <source>Save customer</source>
        <translation>Kunde speichern</translation>
    </message>
    <message>
        <source>Customer created.</source>
        <translation>Kunde angelegt.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Filter: name, number, place ...</source>
        <translation>Filtern: Name, Nummer, Ort …</translation>
    </message>
    <message>
        <source>Filter customers</source>
        <translation>Kunden filtern</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By last contact</source>
        <translation>Nach letztem Kontakt</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message>
        <source>Call customer</source>
        <translation>Kunden anrufen</translation>
    </message>
    <message>
        <source>Write to customer</source>
        <translation>Kunden schreiben</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Copy address and salutation</source>
        <translation>Anschrift und Anrede kopieren</translation>
    </message>
    <message>
        <source>Address and salutation copied.</source>
        <translation>Anschrift und Anrede kopiert.</translation>
    </message>
    <message>
        <source>No match with this filter.</source>
        <translation>Kein Treffer mit diesem Filter.</translation>
    </message>
    <message>
        <source>Reset filter</source>
        <translation>Filter zurücksetzen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::DuplicateCard</name>
    <message>
        <source>Already a customer?</source>
        <translation>Schon Kunde?</translation>
    </message>
    <message>
        <source>Nobody similar so far.</source>
        <translation>Bisher niemand Ähnliches.</translation>
    </message>
    <message>
        <source>Open instead</source>
        <translation>Stattdessen öffnen</translation>
    </message>
    <message>
        <source>Open %1 instead</source>
        <translation>Stattdessen %1 öffnen</translation>
    </message>
    <message>
        <source>Same address</source>
        <translation>Gleiche Adresse</translation>
    </message>
    <message>
        <source>Same number</source>
        <translation>Gleiche Nummer</translation>
    </message>
    <message>
        <source>Same plate</source>
        <translation>Gleiches Kennzeichen</translation>
    </message>
    <message>
        <source>Same name</source>
        <translation>Gleicher Name</translation>
    </message>
    <message>
        <source>Sounds alike</source>
        <translation>Klingt ähnlich</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::FilterChip</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n Eintrag</numerusform>
            <numerusform>%1, %n Einträge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::HelpPage</name>
    <message>
        <source>Help and keys</source>
        <translation>Hilfe und Tastatur</translation>
    </message>
    <message>
        <source>%1, no key</source>
        <translation>%1, keine Taste</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, Taste %2</translation>
    </message>
    <message>
        <source>Change the key of “%1”</source>
        <translation>Taste für „%1“ ändern</translation>
    </message>
    <message>
        <source>Single letters work outside text fields. Inside a text, Ctrl+G takes the place of G. A press on a line changes its key.</source>
        <translation>Einzelne Buchstaben wirken außerhalb von Textfeldern. In einem Text steht Strg+G für G. Ein Klick auf eine Zeile ändert ihre Taste.</translation>
    </message>
    <message>
        <source>Search in the keys</source>
        <translation>In den Tasten suchen</translation>
    </message>
    <message>
        <source>All keys as at first</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>No action has these words.</source>
        <translation>Keine Aktion mit diesen Worten.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::InboxPage</name>
    <message>
        <source>Inbox</source>
        <translation>Posteingang</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Nicht erkannt</translation>
    </message>
    <message>
        <source>Messages that were not recognised</source>
        <translation>Nicht erkannte Nachrichten</translation>
    </message>
    <message>
        <source>Nothing to sort. Every message was recognised.</source>
        <translation>Nichts zu sortieren. Jede Nachricht wurde erkannt.</translation>
    </message>
    <message>
        <source>Choose a message on the left to read it.</source>
        <translation>Wählen Sie links eine Nachricht.</translation>
    </message>
    <message>
        <source>Make a lead</source>
        <translation>Als Verkaufschance anlegen</translation>
    </message>
    <message>
        <source>Not a lead</source>
        <translation>Kein Interessent</translation>
    </message>
    <message>
        <source>Original text</source>
        <translation>Originaltext</translation>
    </message>
    <message>
        <source>New lead from this message</source>
        <translation>Neue Verkaufschance aus dieser Nachricht</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Vehicle of interest</source>
        <translation>Gewünschtes Fahrzeug</translation>
    </message>
    <message>
        <source>Create lead</source>
        <translation>Verkaufschance anlegen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>From %1, %2</source>
        <translation>Von %1, %2</translation>
    </message>
    <message>
        <source>No rule recognised an enquiry in this message.</source>
        <translation>Keine Regel hat in dieser Nachricht eine Anfrage erkannt.</translation>
    </message>
    <message>
        <source>Not recognised: %1</source>
        <translation>Nicht erkannt: %1</translation>
    </message>
    <message>
        <source>Enter a name, an e-mail address or a telephone number.</source>
        <translation>Geben Sie einen Namen, eine E-Mail-Adresse oder eine Telefonnummer ein.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::InboxRows</name>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>%1, from %2, %3</source>
        <translation>%1, von %2, %3</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::IndexBar</name>
    <message>
        <source>Older data is still being taken in</source>
        <translation>Ältere Daten werden noch aufgenommen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::KeyCap</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::KeyEditor</name>
    <message>
        <source>Take over</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>First key</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::KeyField</name>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Press the new key</source>
        <translation>Neue Taste drücken</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadContext</name>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Hidden until the claim.</source>
        <translation>Verborgen bis zur Übernahme.</translation>
    </message>
    <message>
        <source>No customer yet.</source>
        <translation>Noch kein Kunde.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Customer since %1</source>
        <translation>Kunde seit %1</translation>
    </message>
    <message>
        <source>Changes wait for the server</source>
        <translation>Änderungen warten auf den Abgleich</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Fahrzeuge</translation>
    </message>
    <message>
        <source>No vehicle known.</source>
        <translation>Kein Fahrzeug bekannt.</translation>
    </message>
    <message>
        <source>Trade-in</source>
        <translation>Inzahlungnahme</translation>
    </message>
    <message>
        <source>Visible to the owner only.</source>
        <translation>Nur für den Bearbeiter oder die Bearbeiterin sichtbar.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadDetailPane</name>
    <message>
        <source>Choose a lead on the left to see its history.</source>
        <translation>Wählen Sie links eine Verkaufschance.</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Close lead</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Internal note, seen by colleagues only</source>
        <translation>Interne Notiz, nur für Kolleginnen und Kollegen sichtbar</translation>
    </message>
    <message>
        <source>unknown region</source>
        <translation>Region unbekannt</translation>
    </message>
    <message>
        <source>Enquiry, %1</source>
        <translation>Anfrage, %1</translation>
    </message>
    <message>
        <source>pencilled in</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>with %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Abgleich</translation>
    </message>
    <message>
        <source>No. %1</source>
        <comment>number of a lead</comment>
        <translation>Nr. %1</translation>
    </message>
    <message>
        <source>%1 has claimed this lead.</source>
        <translation>%1 hat diese Verkaufschance übernommen.</translation>
    </message>
    <message>
        <source>Customer and messages are visible to the owner.</source>
        <translation>Kunde und Nachrichten sieht nur, wer sie bearbeitet.</translation>
    </message>
    <message>
        <source>Pencilled in, not claimed yet.</source>
        <translation>Vorgemerkt, noch nicht übernommen.</translation>
    </message>
    <message>
        <source>The wish is sent as soon as there is a connection. Whoever is first there gets it.</source>
        <translation>Der Wunsch wird gesendet, sobald eine Verbindung besteht. Wer zuerst ankommt, erhält die Verkaufschance.</translation>
    </message>
    <message>
        <source>Customer data hidden.</source>
        <translation>Kundendaten verborgen.</translation>
    </message>
    <message>
        <source>Name, telephone and message are shown after the claim.</source>
        <translation>Name, Telefon und Nachricht sehen Sie nach der Übernahme.</translation>
    </message>
    <message>
        <source>First step expected within %1.</source>
        <translation>Erster Schritt erwartet in %1.</translation>
    </message>
    <message>
        <source>A note or a new status is enough; otherwise the lead returns to all.</source>
        <translation>Eine Notiz oder ein neuer Status genügt; sonst geht die Verkaufschance an alle zurück.</translation>
    </message>
    <message>
        <source>Reason:</source>
        <translation>Grund:</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Pencil in</source>
        <translation>Vormerken</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Pencil in note</source>
        <translation>Notiz vormerken</translation>
    </message>
    <message>
        <source>Sent once connected</source>
        <translation>Wird gesendet, sobald verbunden</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Entwurf gesichert %1</translation>
    </message>
    <message>
        <source>Not the newest state.</source>
        <translation>Nicht der neueste Stand.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadListHeader</name>
    <message>
        <source>Customer / vehicle</source>
        <translation>Kunde / Fahrzeug</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Frist</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadListPane</name>
    <message>
        <source>My open</source>
        <translation>Meine offenen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>You are working offline.</source>
        <translation>Sie arbeiten offline.</translation>
    </message>
    <message>
        <source>Claims are pencilled in and confirmed once there is a connection.</source>
        <translation>Übernahmen werden vorgemerkt und erst mit Verbindung bestätigt.</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Verkaufschancen</translation>
    </message>
    <message>
        <source>To claim</source>
        <translation>Zum Übernehmen</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Test drive wanted</source>
        <translation>Probefahrtwunsch</translation>
    </message>
    <message>
        <source>No match with these filters.</source>
        <translation>Kein Treffer mit diesen Filtern.</translation>
    </message>
    <message>
        <source>Reset filters</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Nothing to claim. New enquiries appear here at once.</source>
        <translation>Nichts zu übernehmen. Neue Anfragen erscheinen hier sofort.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadListView</name>
    <message>
        <source>Leads</source>
        <translation>Verkaufschancen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadRowDelegate</name>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Customer data hidden</source>
        <translation>Kundendaten verborgen</translation>
    </message>
    <message>
        <source>pencilled in, not confirmed</source>
        <translation>vorgemerkt, nicht bestätigt</translation>
    </message>
    <message>
        <source>claimed by %1</source>
        <translation>übernommen von %1</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>fällig %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n Eintrag</numerusform>
            <numerusform>%1, %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, collapsed</source>
        <translation>%1, eingeklappt</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadRows</name>
    <message>
        <source>To claim</source>
        <translation>Zum Übernehmen</translation>
    </message>
    <message>
        <source>Customer data after the claim</source>
        <translation>Kundendaten nach Übernahme</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Jetzt dran</translation>
    </message>
    <message>
        <source>In work</source>
        <translation>In Bearbeitung</translation>
    </message>
    <message>
        <source>With colleagues</source>
        <translation>Bei Kolleginnen und Kollegen</translation>
    </message>
    <message>
        <source>Region unknown</source>
        <translation>Region unbekannt</translation>
    </message>
    <message>
        <source>No vehicle named</source>
        <translation>Kein Fahrzeug genannt</translation>
    </message>
    <message>
        <source>pencilled in</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>not confirmed</source>
        <translation>nicht bestätigt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadTimeline</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>Claimed by you</source>
        <translation>Von Ihnen übernommen</translation>
    </message>
    <message>
        <source>Claimed by %1</source>
        <translation>Von %1 übernommen</translation>
    </message>
    <message>
        <source>Your claim came second</source>
        <translation>Ihre Übernahme kam als zweite an</translation>
    </message>
    <message>
        <source>Claim of %1 came second</source>
        <translation>Übernahme von %1 kam als zweite an</translation>
    </message>
    <message>
        <source>Released by you</source>
        <translation>Von Ihnen freigegeben</translation>
    </message>
    <message>
        <source>Released by %1</source>
        <translation>Von %1 freigegeben</translation>
    </message>
    <message>
        <source>Returned: nothing was recorded in time</source>
        <translation>Zurückgegeben: nichts wurde rechtzeitig festgehalten</translation>
    </message>
    <message>
        <source>Customer data sent to you</source>
        <translation>Kundendaten an Sie gesendet</translation>
    </message>
    <message>
        <source>Customer data sent to %1</source>
        <translation>Kundendaten an %1 gesendet</translation>
    </message>
    <message>
        <source>Owner changed by %1</source>
        <translation>Bearbeiter von %1 geändert</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>status before and after</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 by you</source>
        <translation>%1 durch Sie</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 durch %2</translation>
    </message>
    <message>
        <source>waiting for the server</source>
        <translation>wartet auf den Abgleich</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Interne Notiz</translation>
    </message>
    <message>
        <source>Enquiry</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Enquiry by %1</source>
        <translation>Anfrage über %1</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Mail to %1 started by you</source>
        <translation>E-Mail an %1 von Ihnen begonnen</translation>
    </message>
    <message>
        <source>Mail to %1 started by %2</source>
        <translation>E-Mail an %1 von %2 begonnen</translation>
    </message>
    <message>
        <source>Call to %1 started by you</source>
        <translation>Anruf an %1 von Ihnen begonnen</translation>
    </message>
    <message>
        <source>Call to %1 started by %2</source>
        <translation>Anruf an %1 von %2 begonnen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadsPage</name>
    <message>
        <source>Leads</source>
        <translation>Verkaufschancen</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Close lead</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Set next step</source>
        <translation>Nächsten Schritt festlegen</translation>
    </message>
    <message>
        <source>Next step done</source>
        <translation>Nächster Schritt erledigt</translation>
    </message>
    <message>
        <source>Snooze by an hour</source>
        <translation>Um eine Stunde verschieben</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Show or hide the context</source>
        <translation>Kontext ein- oder ausblenden</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Next lead</source>
        <translation>Nächste Verkaufschance</translation>
    </message>
    <message>
        <source>Previous lead</source>
        <translation>Vorige Verkaufschance</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>To claim</source>
        <translation>Zum Übernehmen</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Test drive wanted</source>
        <translation>Probefahrtwunsch</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
    <message>
        <source>Show new leads</source>
        <translation>Neue Verkaufschancen zeigen</translation>
    </message>
    <message>
        <source>Call the customer</source>
        <translation>Kunden anrufen</translation>
    </message>
    <message>
        <source>Write to the customer</source>
        <translation>Kunden schreiben</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LoginBackground</name>
    <message>
        <source>Whoever answers first</source>
        <translation>Wer zuerst antwortet,</translation>
    </message>
    <message>
        <source>has the right of way.</source>
        <translation>hat Vorfahrt.</translation>
    </message>
    <message>
        <source>Sales, service and phone in one place.</source>
        <translation>Verkauf, Service und Telefon an einem Platz.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LoginPage</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>with the account of your business</source>
        <translation>mit dem Konto Ihres Betriebs</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Signing in is possible offline too</source>
        <translation>Anmeldung auch offline möglich</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>The desk can be used as soon as its data are here.</source>
        <translation>Der Arbeitsplatz ist bereit, sobald seine Daten da sind.</translation>
    </message>
    <message>
        <source>Caps lock is on</source>
        <translation>Die Feststelltaste ist aktiv</translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation>Betriebe</translation>
    </message>
    <message>
        <source>Choose a business</source>
        <translation>Betrieb wählen</translation>
    </message>
    <message>
        <source>Your account works for several. You can change later.</source>
        <translation>Ihr Konto gilt für mehrere. Sie können später wechseln.</translation>
    </message>
    <message>
        <source>People on this computer</source>
        <translation>Personen an diesem Rechner</translation>
    </message>
    <message>
        <source>Start code, or password forgotten?</source>
        <translation>Startcode oder Kennwort vergessen?</translation>
    </message>
    <message>
        <source>Set up a new business</source>
        <translation>Neuen Betrieb einrichten</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Address and certificate of the server</source>
        <translation>Adresse und Zertifikat des Servers</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LoginStep</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NavigationRail</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n Eintrag</numerusform>
            <numerusform>%1, %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NewRowsBar</name>
    <message numerus="yes">
        <source>%n new</source>
        <comment>leads that wait above the list</comment>
        <translation>
            <numerusform>%n neue</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n new lead(s)</source>
        <translation>
            <numerusform>%n neue Verkaufschance zeigen</numerusform>
            <numerusform>%n neue Verkaufschancen zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NextStepBar</name>
    <message>
        <source>Snooze</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NotificationCard</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>New leads</source>
        <translation>Neue Verkaufschancen</translation>
    </message>
    <message>
        <source>Leads that went back</source>
        <translation>Zurückgegangene Verkaufschancen</translation>
    </message>
    <message>
        <source>Note in the window</source>
        <translation>Hinweis im Fenster</translation>
    </message>
    <message>
        <source>Note of the system in the background</source>
        <translation>Systemhinweis im Hintergrund</translation>
    </message>
    <message>
        <source>Icon beside the clock</source>
        <translation>Symbol neben der Uhr</translation>
    </message>
    <message>
        <source>Number on the taskbar</source>
        <translation>Zahl in der Taskleiste</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Ruhezeiten</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Write it as 18:00-08:00; the hours of before hold.</source>
        <translation>Bitte so schreiben: 18:00-08:00. Bis dahin gelten die bisherigen Zeiten.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::Palette</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search: name, phone, plate, VIN, text …</source>
        <translation>Suchen: Name, Telefon, Kennzeichen, FIN, Text …</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Other section</source>
        <translation>Bereich wechseln</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Older data is still being taken in. More may be found.</source>
        <translation>Ältere Daten werden noch aufgenommen. Weitere Treffer sind möglich.</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s) in %1 ms</source>
        <translation>
            <numerusform>%n Treffer in %1 ms</numerusform>
            <numerusform>%n Treffer in %1 ms</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Kein Treffer für „%1“.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::PaletteAside</name>
    <message>
        <source>Alt %1</source>
        <translation>Alt %1</translation>
    </message>
    <message>
        <source>About the chosen line</source>
        <translation>Zur gewählten Zeile</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::PaletteDelegate</name>
    <message>
        <source>open</source>
        <translation>öffnen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::PaletteFoot</name>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>öffnen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>commands only</source>
        <translation>nur Befehle</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>Searches on this computer, also offline</source>
        <translation>Sucht auf diesem Gerät, auch offline</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::PaletteList</name>
    <message>
        <source>Results</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::PlateLabel</name>
    <message>
        <source>Number plate %1</source>
        <translation>Kennzeichen %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ReadErrorState</name>
    <message>
        <source>Read again</source>
        <translation>Erneut lesen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::RedeemStep</name>
    <message>
        <source>Choose a password</source>
        <translation>Kennwort wählen</translation>
    </message>
    <message>
        <source>With the start or reset code of your administrator.</source>
        <translation>Mit dem Start- oder Rücksetzcode Ihres Administrators.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Kennwort</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>Neues Kennwort wiederholen</translation>
    </message>
    <message>
        <source>At least 10 characters</source>
        <translation>Mindestens 10 Zeichen</translation>
    </message>
    <message>
        <source>Set password and sign in</source>
        <translation>Kennwort setzen und anmelden</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SearchBox</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ServerStep</name>
    <message>
        <source>Connect with your server</source>
        <translation>Mit Ihrem Server verbinden</translation>
    </message>
    <message>
        <source>Your administrator knows the address and the fingerprint.</source>
        <translation>Ihr Administrator kennt Adresse und Fingerabdruck.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Fingerprint, where you have it to paste</source>
        <translation>Fingerabdruck, falls Sie ihn einfügen können</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>The server shows this fingerprint. Compare it with the one of your administrator, group by group; go on only where they are the same.</source>
        <translation>Der Server zeigt diesen Fingerabdruck. Vergleichen Sie ihn Gruppe für Gruppe mit dem Ihres Administrators; weiter nur, wenn beide gleich sind.</translation>
    </message>
    <message>
        <source>Fingerprint %1</source>
        <translation>Fingerabdruck %1</translation>
    </message>
    <message>
        <source>The certificate has changed.</source>
        <translation>Das Zertifikat hat sich geändert.</translation>
    </message>
    <message>
        <source>That is right where the server was set up anew. It can also be somebody who stands between you and the server. Ask your administrator by telephone before you go on.</source>
        <translation>Das ist richtig, wenn der Server neu eingerichtet wurde. Es kann auch jemand sein, der zwischen Ihnen und dem Server steht. Fragen Sie Ihren Administrator am Telefon, bevor Sie weitergehen.</translation>
    </message>
    <message>
        <source>Known until now:
%1</source>
        <translation>Bisher bekannt:
%1</translation>
    </message>
    <message>
        <source>Trust the new certificate</source>
        <translation>Dem neuen Zertifikat vertrauen</translation>
    </message>
    <message>
        <source>They are the same</source>
        <translation>Beide sind gleich</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>As in the system</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>See and change keys</source>
        <translation>Tasten ansehen und ändern</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SetupStep</name>
    <message>
        <source>Set up your business</source>
        <translation>Betrieb einrichten</translation>
    </message>
    <message>
        <source>Step 1 of 4. The server prints the set-up code when it starts.</source>
        <translation>Schritt 1 von 4. Der Server gibt den Einrichtungscode beim Start aus.</translation>
    </message>
    <message>
        <source>Set-up code</source>
        <translation>Einrichtungscode</translation>
    </message>
    <message>
        <source>Name of the business</source>
        <translation>Name des Betriebs</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Standorte</translation>
    </message>
    <message>
        <source>Step 2 of 4. One is enough; more can follow later.</source>
        <translation>Schritt 2 von 4. Einer genügt; weitere können folgen.</translation>
    </message>
    <message>
        <source>Another site</source>
        <translation>Weiterer Standort</translation>
    </message>
    <message>
        <source>You, the administrator</source>
        <translation>Sie, der Administrator</translation>
    </message>
    <message>
        <source>Step 3 of 4. You sign in with this from now on.</source>
        <translation>Schritt 3 von 4. Damit melden Sie sich künftig an.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>At least 10 characters</source>
        <translation>Mindestens 10 Zeichen</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>Kennwort wiederholen</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Step 4 of 4. Each one gets a start code. More can follow later.</source>
        <translation>Schritt 4 von 4. Jeder erhält einen Startcode. Weitere können folgen.</translation>
    </message>
    <message>
        <source>Another user</source>
        <translation>Weiterer Benutzer</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Your business is set up</source>
        <translation>Ihr Betrieb ist eingerichtet</translation>
    </message>
    <message>
        <source>These are the start codes of your users.</source>
        <translation>Das sind die Startcodes Ihrer Benutzer.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Verkauf</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>Alle Standorte</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SkeletonRows</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::StageBar</name>
    <message>
        <source>Stage: %1</source>
        <translation>Stufe: %1</translation>
    </message>
    <message>
        <source>done</source>
        <comment>stage</comment>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>current</source>
        <comment>stage</comment>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>open</source>
        <comment>stage</comment>
        <translation>offen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::StepPanel</name>
    <message>
        <source>What comes next</source>
        <translation>Was als Nächstes kommt</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy, HH:mm</source>
        <comment>date and time to edit</comment>
        <translation>ddd dd.MM.yyyy, HH:mm</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Say in a few words what comes next.</source>
        <translation>Nennen Sie kurz, was als Nächstes kommt.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SyncPill</name>
    <message>
        <source>In sync</source>
        <translation>Abgeglichen</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>Gleicht ab</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>Offline seit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n conflicts</source>
        <translation>
            <numerusform>%n Konflikt</numerusform>
            <numerusform>%n Konflikte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SyncTray</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>%1, %2, waiting</source>
        <translation>%1, %2, wartet</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Abgleich</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Wrong certificate</source>
        <translation>Falsches Zertifikat</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>Offline as chosen</source>
        <translation>Offline auf Wunsch</translation>
    </message>
    <message>
        <source>Server not reachable</source>
        <translation>Server nicht erreichbar</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
    <message>
        <source>Everything is stored on this computer</source>
        <translation>Alles auf diesem Gerät gesichert</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Everything has reached the server.</source>
        <translation>Alles ist beim Server angekommen.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>changes</comment>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Rejected, looked at</source>
        <translation>Abgelehnt, gesehen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::TextField</name>
    <message>
        <source>Show password</source>
        <translation>Kennwort anzeigen</translation>
    </message>
    <message>
        <source>Hide password</source>
        <translation>Kennwort verbergen</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ToastHost</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::TopBar</name>
    <message>
        <source>Search: name, phone, plate, VIN, text …</source>
        <translation>Suchen: Name, Telefon, Kennzeichen, FIN, Text …</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>changes</comment>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::TrayDrawer</name>
    <message>
        <source>Sync</source>
        <translation>Abgleich</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::UserButton</name>
    <message>
        <source>Account of %1</source>
        <translation>Konto von %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ViewTabs</name>
    <message>
        <source>More views</source>
        <translation>Weitere Ansichten</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Gespeicherte Ansichten</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n Eintrag</numerusform>
            <numerusform>%1, %n Einträge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Account</name>
    <message>
        <source>Take at least 10 characters.</source>
        <translation>Nehmen Sie mindestens 10 Zeichen.</translation>
    </message>
    <message>
        <source>Take at most 256 characters.</source>
        <translation>Nehmen Sie höchstens 256 Zeichen.</translation>
    </message>
    <message>
        <source>The password must not be the user name.</source>
        <translation>Das Kennwort darf nicht der Benutzername sein.</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Die beiden Kennwörter sind verschieden.</translation>
    </message>
    <message>
        <source>This is not your password.</source>
        <translation>Das ist nicht Ihr Kennwort.</translation>
    </message>
    <message>
        <source>This is not the set-up code of the server. The server prints it when it starts.</source>
        <translation>Das ist nicht der Einrichtungscode des Servers. Der Server gibt ihn beim Start aus.</translation>
    </message>
    <message>
        <source>User name or code is wrong, or the code was used or is too old. Ask your administrator for a new one.</source>
        <translation>Benutzername oder Code ist falsch, oder der Code wurde benutzt oder ist zu alt. Ihr Administrator gibt Ihnen einen neuen.</translation>
    </message>
    <message>
        <source>This server is set up already. Sign in, or ask your administrator for a start code.</source>
        <translation>Dieser Server ist schon eingerichtet. Melden Sie sich an, oder lassen Sie sich einen Startcode geben.</translation>
    </message>
    <message>
        <source>You may not do this.</source>
        <translation>Dazu haben Sie kein Recht.</translation>
    </message>
    <message>
        <source>This user name is taken. Choose another one.</source>
        <translation>Dieser Benutzername ist vergeben. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Correct this entry.</source>
        <translation>Berichtigen Sie diese Angabe.</translation>
    </message>
    <message numerus="yes">
        <source>Too many tries. Wait %n second(s) and try again.</source>
        <translation>
            <numerusform>Zu viele Versuche. Warten Sie eine Sekunde.</numerusform>
            <numerusform>Zu viele Versuche. Warten Sie %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server is too old for this. Ask your administrator.</source>
        <translation>Der Server ist zu alt dafür. Fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server did not answer. What you entered is still here; try again.</source>
        <translation>Der Server hat nicht geantwortet. Ihre Angaben sind noch hier; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This was not done. Try again later.</source>
        <translation>Das wurde nicht ausgeführt. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>Enter your user name.</source>
        <translation>Geben Sie Ihren Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Enter the code that you were given.</source>
        <translation>Geben Sie den Code ein, den Sie erhalten haben.</translation>
    </message>
    <message>
        <source>Enter the set-up code of the server.</source>
        <translation>Geben Sie den Einrichtungscode des Servers ein.</translation>
    </message>
    <message>
        <source>Enter the name of the business.</source>
        <translation>Geben Sie den Namen des Betriebs ein.</translation>
    </message>
    <message>
        <source>Enter the name of the site.</source>
        <translation>Geben Sie den Namen des Standorts ein.</translation>
    </message>
    <message>
        <source>A business has at least one site.</source>
        <translation>Ein Betrieb hat mindestens einen Standort.</translation>
    </message>
    <message>
        <source>Enter your name.</source>
        <translation>Geben Sie Ihren Namen ein.</translation>
    </message>
    <message>
        <source>Enter a user name.</source>
        <translation>Geben Sie einen Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation>Geben Sie den Namen ein.</translation>
    </message>
    <message>
        <source>Enter your password as it is now.</source>
        <translation>Geben Sie Ihr bisheriges Kennwort ein.</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Verkauf</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>role at site</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Stillgelegt</translation>
    </message>
    <message>
        <source>%1
User name: %2
Code: %3
Good until: %4

</source>
        <translation>%1
Benutzername: %2
Code: %3
Gültig bis: %4

</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::ClaimBook</name>
    <message>
        <source>Pencilled in. It is sent as soon as there is a connection.</source>
        <translation>Vorgemerkt. Wird gesendet, sobald eine Verbindung besteht.</translation>
    </message>
    <message>
        <source>%1 was faster.</source>
        <translation>%1 war schneller.</translation>
    </message>
    <message>
        <source>This lead is closed or no longer at your site.</source>
        <translation>Diese Verkaufschance ist abgeschlossen oder nicht mehr an Ihrem Standort.</translation>
    </message>
    <message>
        <source>Not claimed: there was no connection for two minutes. Claim it again when you are online.</source>
        <translation>Nicht übernommen: Zwei Minuten lang bestand keine Verbindung. Übernehmen Sie erneut, sobald Sie verbunden sind.</translation>
    </message>
    <message>
        <source>Not claimed: you have no right to claim this lead.</source>
        <translation>Nicht übernommen: Ihnen fehlt das Recht dazu.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::CustomerForm</name>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Contact removed.</source>
        <translation>Kontakt entfernt.</translation>
    </message>
    <message>
        <source>Vehicle removed.</source>
        <translation>Fahrzeug entfernt.</translation>
    </message>
    <message>
        <source>As it was stored.</source>
        <translation>Wie gespeichert wiederhergestellt.</translation>
    </message>
    <message>
        <source>A customer needs a name.</source>
        <translation>Ein Kunde braucht einen Namen.</translation>
    </message>
    <message>
        <source>Customer saved.</source>
        <translation>Kunde gespeichert.</translation>
    </message>
    <message>
        <source>Draft discarded.</source>
        <translation>Entwurf verworfen.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Customers</name>
    <message>
        <source>Consent noted.</source>
        <translation>Einwilligung notiert.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Desk</name>
    <message>
        <source>The data on this computer were written by a newer version of the program. Install the newer version; nothing was changed.</source>
        <translation>Die Daten auf diesem Rechner stammen von einer neueren Programmversion. Installieren Sie die neuere Version; geändert wurde nichts.</translation>
    </message>
    <message>
        <source>The disk of this computer is full. Free some space and start again.</source>
        <translation>Die Festplatte ist voll. Schaffen Sie Platz und starten Sie neu.</translation>
    </message>
    <message>
        <source>The data file on this computer was damaged. It was put aside as %1, nothing was deleted. The data are loaded again; changes that were not sent yet are in that file only.</source>
        <translation>Die Datendatei auf diesem Rechner war beschädigt. Sie wurde als %1 beiseitegelegt, es wurde nichts gelöscht. Die Daten werden neu geladen; noch nicht gesendete Änderungen stehen nur in dieser Datei.</translation>
    </message>
    <message>
        <source>The data on this computer cannot be opened. Nothing was deleted. Start the program again; if this stays, ask your administrator.</source>
        <translation>Die Daten auf diesem Rechner lassen sich nicht öffnen. Es wurde nichts gelöscht. Starten Sie das Programm neu; bleibt es dabei, fragen Sie Ihre Administration.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::FormFields</name>
    <message>
        <source>This must not be empty.</source>
        <translation>Das darf nicht leer sein.</translation>
    </message>
    <message numerus="yes">
        <source>Too long by %n character(s).</source>
        <translation>
            <numerusform>%n Zeichen zu lang.</numerusform>
            <numerusform>%n Zeichen zu lang.</numerusform>
        </translation>
    </message>
    <message>
        <source>This holds characters that cannot be stored.</source>
        <translation>Hier stehen Zeichen, die nicht gespeichert werden können.</translation>
    </message>
    <message>
        <source>This value is not known.</source>
        <translation>Dieser Wert ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Four digits (2.1).</source>
        <translation>Vier Ziffern (2.1).</translation>
    </message>
    <message>
        <source>Three characters (2.2).</source>
        <translation>Drei Zeichen (2.2).</translation>
    </message>
    <message>
        <source>This is not allowed here.</source>
        <translation>Das ist hier nicht erlaubt.</translation>
    </message>
    <message>
        <source>No full number with area code.</source>
        <translation>Keine volle Nummer mit Vorwahl.</translation>
    </message>
    <message>
        <source>Dealer&apos;s plate (06).</source>
        <translation>Händlerkennzeichen (06).</translation>
    </message>
    <message>
        <source>Short-term plate (03, 04).</source>
        <translation>Kurzzeitkennzeichen (03, 04).</translation>
    </message>
    <message>
        <source>Plate of an authority.</source>
        <translation>Behördenkennzeichen.</translation>
    </message>
    <message>
        <source>Unusual plate.</source>
        <translation>Ungewöhnliches Kennzeichen.</translation>
    </message>
    <message>
        <source>Short VIN, as of an old vehicle? Usual are 17 characters.</source>
        <translation>Kurze FIN? Üblich sind 17 Zeichen.</translation>
    </message>
    <message>
        <source>I, O and Q are not used in a VIN.</source>
        <translation>I, O und Q gibt es in keiner FIN.</translation>
    </message>
    <message>
        <source>Not a month such as 12/2026.</source>
        <translation>Kein Monat wie 12/2026.</translation>
    </message>
    <message>
        <source>A number is needed.</source>
        <translation>Hier steht eine Zahl.</translation>
    </message>
    <message>
        <source>Not an e-mail address.</source>
        <translation>Keine E-Mail-Adresse.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::LeadDetail</name>
    <message>
        <source>Status set to “%1”.</source>
        <translation>Status auf „%1“ gesetzt.</translation>
    </message>
    <message>
        <source>Next step done.</source>
        <translation>Nächster Schritt erledigt.</translation>
    </message>
    <message>
        <source>Next step saved.</source>
        <translation>Nächster Schritt gespeichert.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Notifier</name>
    <message>
        <source>No. %1</source>
        <translation>Nr. %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A lead went back</source>
        <translation>Eine Verkaufschance ging zurück</translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s) went back</source>
        <translation>
            <numerusform>%n Verkaufschance ging zurück</numerusform>
            <numerusform>%n Verkaufschancen gingen zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>New lead</source>
        <translation>Neue Verkaufschance</translation>
    </message>
    <message numerus="yes">
        <source>%n new lead(s)</source>
        <translation>
            <numerusform>%n neue Verkaufschance</numerusform>
            <numerusform>%n neue Verkaufschancen</numerusform>
        </translation>
    </message>
    <message>
        <source>Their time was over. Others may claim them now.</source>
        <translation>Die Zeit war abgelaufen. Andere können sie jetzt übernehmen.</translation>
    </message>
    <message>
        <source>They wait to be claimed.</source>
        <translation>Sie warten darauf, übernommen zu werden.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Search</name>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Fahrzeuge</translation>
    </message>
    <message>
        <source>Sales opportunities</source>
        <translation>Verkaufschancen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>New customer “%1”</source>
        <translation>Neuer Kunde „%1“</translation>
    </message>
    <message>
        <source>Recently opened</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Frequent commands</source>
        <translation>Häufige Befehle</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::SearchLines</name>
    <message>
        <source>sounds alike</source>
        <translation>klingt ähnlich</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Message received</source>
        <translation>Nachricht erhalten</translation>
    </message>
    <message>
        <source>Message sent</source>
        <translation>Nachricht gesendet</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::SearchPreview</name>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Anschrift</translation>
    </message>
    <message>
        <source>Customer since %1</source>
        <translation>Kunde seit %1</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::ServerChoice</name>
    <message>
        <source>Enter a name or an address, with the port where it is not 4433: desk.example.org:4433</source>
        <translation>Geben Sie Namen oder Adresse ein, mit dem Port, wenn er nicht 4433 ist: desk.example.org:4433</translation>
    </message>
    <message>
        <source>A fingerprint has 64 digits from 0 to 9 and A to F.</source>
        <translation>Ein Fingerabdruck hat 64 Zeichen von 0 bis 9 und A bis F.</translation>
    </message>
    <message>
        <source>No answer from %1. Check the address and the network.</source>
        <translation>Keine Antwort von %1. Prüfen Sie Adresse und Netz.</translation>
    </message>
    <message>
        <source>%1 shows another certificate than this one. Nothing was sent. Ask your administrator.</source>
        <translation>%1 zeigt ein anderes Zertifikat als dieses. Es wurde nichts gesendet. Fragen Sie Ihren Administrator.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::SignIn</name>
    <message>
        <source>Enter your user name.</source>
        <translation>Geben Sie Ihren Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Geben Sie Ihr Kennwort ein.</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>Benutzername oder Kennwort ist falsch.</translation>
    </message>
    <message>
        <source>The server could not sign you in. Try again later.</source>
        <translation>Der Server konnte Sie nicht anmelden. Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>Server reachable</source>
        <translation>Server erreichbar</translation>
    </message>
    <message>
        <source>Server not reachable</source>
        <translation>Server nicht erreichbar</translation>
    </message>
    <message>
        <source>Certificate of the server is not the known one</source>
        <translation>Zertifikat des Servers ist nicht das bekannte</translation>
    </message>
    <message>
        <source>Program and server do not fit together</source>
        <translation>Programm und Server passen nicht zusammen</translation>
    </message>
    <message>
        <source>Server %1</source>
        <translation>Server %1</translation>
    </message>
    <message numerus="yes">
        <source>Too many tries. You can try again in %n second(s).</source>
        <translation>
            <numerusform>Zu viele Versuche. Der nächste ist in %n Sekunde möglich.</numerusform>
            <numerusform>Zu viele Versuche. Der nächste ist in %n Sekunden möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>This program is too old for the server. Install the new version; your data here stay as they are.</source>
        <translation>Dieses Programm ist zu alt für den Server. Installieren Sie die neue Version; Ihre Daten hier bleiben erhalten.</translation>
    </message>
    <message>
        <source>No answer from %1. Check the network; the program goes on trying.</source>
        <translation>Keine Antwort von %1. Prüfen Sie das Netzwerk; das Programm versucht es weiter.</translation>
    </message>
    <message>
        <source>Your data are being loaded: %1 entries</source>
        <translation>Ihre Daten werden geladen: %1 Einträge</translation>
    </message>
    <message>
        <source>The desk is locked. Your drafts are kept; your password opens it again.</source>
        <translation>Der Arbeitsplatz ist gesperrt. Ihre Entwürfe sind gesichert; Ihr Kennwort öffnet ihn wieder.</translation>
    </message>
    <message>
        <source>The server ended your session on this computer. Sign in again; changes that were not sent are kept.</source>
        <translation>Der Server hat Ihre Sitzung an diesem Rechner beendet. Melden Sie sich neu an; nicht gesendete Änderungen sind gesichert.</translation>
    </message>
    <message>
        <source>This computer has no key store: the desk asks for your password at each start.</source>
        <translation>Dieser Rechner hat keinen Schlüsselspeicher: Bei jedem Start wird Ihr Kennwort verlangt.</translation>
    </message>
    <message>
        <source>The key store of this computer is locked. Unlock it before the next start, or sign in with your password.</source>
        <translation>Der Schlüsselspeicher dieses Rechners ist gesperrt. Entsperren Sie ihn vor dem nächsten Start, oder melden Sie sich mit Ihrem Kennwort an.</translation>
    </message>
    <message numerus="yes">
        <source>The password is wrong. %n more try(s) without the server.</source>
        <translation>
            <numerusform>Das Kennwort ist falsch. Noch ein Versuch ohne den Server.</numerusform>
            <numerusform>Das Kennwort ist falsch. Noch %n Versuche ohne den Server.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many wrong passwords without the server. Signing in is possible again as soon as %1 can be reached.</source>
        <translation>Zu viele falsche Kennwörter ohne den Server. Die Anmeldung ist wieder möglich, sobald %1 erreichbar ist.</translation>
    </message>
    <message>
        <source>The server at %1 shows another certificate than the one this desk knows. Nothing was sent. Ask your administrator whether it was changed, then compare the new one under “Server”.</source>
        <translation>Der Server %1 zeigt ein anderes Zertifikat als das bekannte. Es wurde nichts gesendet. Fragen Sie Ihren Administrator, ob es geändert wurde, und vergleichen Sie dann das neue unter „Server“.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::SystemContact</name>
    <message>
        <source>This is no e-mail address. Correct it, then write again.</source>
        <translation>Das ist keine E-Mail-Adresse. Berichtigen Sie sie, dann schreiben Sie erneut.</translation>
    </message>
    <message>
        <source>This is no telephone number. Correct it, then call again.</source>
        <translation>Das ist keine Telefonnummer. Berichtigen Sie sie, dann rufen Sie erneut an.</translation>
    </message>
    <message>
        <source>No mail program was opened. Set one in your system.</source>
        <translation>Es wurde kein E-Mail-Programm geöffnet. Legen Sie im System eines fest.</translation>
    </message>
    <message>
        <source>No telephone program was opened. Set one in your system.</source>
        <translation>Es wurde kein Telefonprogramm geöffnet. Legen Sie im System eines fest.</translation>
    </message>
    <message>
        <source>Noted: mail to %1.</source>
        <translation>Notiert: E-Mail an %1.</translation>
    </message>
    <message>
        <source>Noted: call to %1.</source>
        <translation>Notiert: Anruf an %1.</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::TrayWords</name>
    <message>
        <source>unknown entry</source>
        <translation>unbekannter Eintrag</translation>
    </message>
    <message>
        <source>Note for %1</source>
        <translation>Notiz bei %1</translation>
    </message>
    <message>
        <source>Status: %1 to “%2”</source>
        <translation>Status: %1 auf „%2“</translation>
    </message>
    <message>
        <source>Release: %1</source>
        <translation>Freigabe: %1</translation>
    </message>
    <message>
        <source>Customer data: %1</source>
        <translation>Kundendaten: %1</translation>
    </message>
    <message>
        <source>Contact data: %1</source>
        <translation>Kontaktdaten: %1</translation>
    </message>
    <message>
        <source>Vehicle: %1</source>
        <translation>Fahrzeug: %1</translation>
    </message>
    <message>
        <source>Next step: %1</source>
        <translation>Nächster Schritt: %1</translation>
    </message>
    <message>
        <source>New lead: %1</source>
        <translation>Neue Verkaufschance: %1</translation>
    </message>
    <message>
        <source>Not a lead: %1</source>
        <translation>Kein Interessent: %1</translation>
    </message>
    <message>
        <source>Change: %1</source>
        <translation>Änderung: %1</translation>
    </message>
    <message>
        <source>Mail to %1</source>
        <translation>E-Mail an %1</translation>
    </message>
    <message>
        <source>Call to %1</source>
        <translation>Anruf an %1</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Zurückgenommen: %1</translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Words</name>
    <message>
        <source>New</source>
        <comment>lead status</comment>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Contacted</source>
        <comment>lead status</comment>
        <translation>Kontaktiert</translation>
    </message>
    <message>
        <source>Test drive</source>
        <comment>lead status</comment>
        <translation>Probefahrt</translation>
    </message>
    <message>
        <source>Offer</source>
        <comment>lead status</comment>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Negotiation</source>
        <comment>lead status</comment>
        <translation>Verhandlung</translation>
    </message>
    <message>
        <source>Won</source>
        <comment>lead status</comment>
        <translation>Gewonnen</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>lead status</comment>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Invalid</source>
        <comment>lead status</comment>
        <translation>Ungültig</translation>
    </message>
    <message>
        <source>Unknown source</source>
        <translation>Quelle unbekannt</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Verkauf</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date format</comment>
        <extracomment>short date after a short weekday: &quot;Wed 25 Nov&quot;</extracomment>
        <translation>dd.MM.</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>date format</comment>
        <extracomment>date format of the separators in a timeline</extracomment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>just now</source>
        <comment>age of a lead</comment>
        <translation>gerade</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>age</comment>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>age</comment>
        <translation>%1&#xa0;Std.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>countdown in hours</comment>
        <translation>%1&#xa0;Std.</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>überfällig</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>in %1&#xa0;min</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>reg. %1</source>
        <comment>first registration</comment>
        <translation>EZ %1</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1&#xa0;km</translation>
    </message>
    <message>
        <source>inspection %1</source>
        <translation>HU %1</translation>
    </message>
    <message>
        <source>This lead has another owner by now. Your text is kept here.</source>
        <translation>Diese Verkaufschance wird inzwischen von jemand anderem bearbeitet. Ihr Text bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>This lead has been closed by now. Your text is kept here.</source>
        <translation>Diese Verkaufschance ist inzwischen abgeschlossen. Ihr Text bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>One of the values is not allowed. Correct it and save again.</source>
        <translation>Einer der Werte ist nicht erlaubt. Ändern Sie ihn und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>You have no right to change this any more. Your text is kept here.</source>
        <translation>Sie dürfen das nicht mehr ändern. Ihr Text bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>This was saved already.</source>
        <translation>Das wurde schon gespeichert.</translation>
    </message>
    <message>
        <source>An earlier change that this one builds on was rejected.</source>
        <translation>Eine frühere Änderung, auf der diese aufbaut, wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The disk of this computer is full. Free some space, then save again.</source>
        <translation>Die Festplatte ist voll. Schaffen Sie Platz und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>The server is older than this program and does not know this change.</source>
        <translation>Der Server ist älter als dieses Programm und kennt diese Änderung nicht.</translation>
    </message>
    <message>
        <source>The change was not accepted. Your text is kept here.</source>
        <translation>Die Änderung wurde nicht angenommen. Ihr Text bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>The disk of this computer is full. Nothing was lost. Free some space and read again.</source>
        <translation>Die Festplatte dieses Rechners ist voll. Es ging nichts verloren. Schaffen Sie Platz und lesen Sie erneut.</translation>
    </message>
    <message>
        <source>The data on this computer were written by a newer version of the program. Install the newer version; nothing was changed.</source>
        <translation>Die Daten auf diesem Rechner stammen von einer neueren Version des Programms. Installieren Sie die neuere Version, es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The data on this computer could not be read. Nothing was lost. Read again; if this stays, start the program again.</source>
        <translation>Die Daten auf diesem Rechner konnten nicht gelesen werden. Es ging nichts verloren. Lesen Sie erneut; bleibt es dabei, starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The data file on this computer is damaged. Nothing was deleted. Start the program again; if it cannot open the file then, it puts it aside and loads the data anew.</source>
        <translation>Die Datendatei auf diesem Rechner ist beschädigt. Es wurde nichts gelöscht. Starten Sie das Programm neu; lässt sich die Datei dann nicht öffnen, legt es sie beiseite und lädt die Daten neu.</translation>
    </message>
</context>
</TS>
