<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>FilterChip</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n Eintrag</numerusform>
            <numerusform>%1, %n Einträge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyCap</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>LoginBackground</name>
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
    <name>PlateLabel</name>
    <message>
        <source>Number plate %1</source>
        <translation>Kennzeichen %1</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>TextField</name>
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
    <name>ViewTabs</name>
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
</TS>
