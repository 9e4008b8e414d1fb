<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>vorfahrt::client::app::NotificationCenter</name>
    <message numerus="yes">
        <source>%n lead(s) to claim</source>
        <translation>
            <numerusform>%n lead to claim</numerusform>
            <numerusform>%n leads to claim</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::CustomerView</name>
    <message numerus="yes">
        <source>%n vehicle(s)</source>
        <translation>
            <numerusform>%n vehicle</numerusform>
            <numerusform>%n vehicles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::FilterChip</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n entry</numerusform>
            <numerusform>%1, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::LeadRowDelegate</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n entry</numerusform>
            <numerusform>%1, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NavigationRail</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n entry</numerusform>
            <numerusform>%1, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::NewRowsBar</name>
    <message numerus="yes">
        <source>%n new</source>
        <comment>leads that wait above the list</comment>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n new lead(s)</source>
        <translation>
            <numerusform>Show %n new lead</numerusform>
            <numerusform>Show %n new leads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::Palette</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s) in %1 ms</source>
        <translation>
            <numerusform>%n hit in %1 ms</numerusform>
            <numerusform>%n hits in %1 ms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SyncPill</name>
    <message numerus="yes">
        <source>%n conflicts</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation>
            <numerusform>%n rejected</numerusform>
            <numerusform>%n rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::SyncTray</name>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>changes</comment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::TopBar</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>changes</comment>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::ui::ViewTabs</name>
    <message numerus="yes">
        <source>%1, %n entries</source>
        <translation>
            <numerusform>%1, %n entry</numerusform>
            <numerusform>%1, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Account</name>
    <message numerus="yes">
        <source>Too many tries. Wait %n second(s) and try again.</source>
        <translation>
            <numerusform>Too many tries. Wait a second and try again.</numerusform>
            <numerusform>Too many tries. Wait %n seconds and try again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::FormFields</name>
    <message numerus="yes">
        <source>Too long by %n character(s).</source>
        <translation>
            <numerusform>Too long by %n character.</numerusform>
            <numerusform>Too long by %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Notifier</name>
    <message numerus="yes">
        <source>%n lead(s) went back</source>
        <translation>
            <numerusform>%n lead went back</numerusform>
            <numerusform>%n leads went back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new lead(s)</source>
        <translation>
            <numerusform>%n new lead</numerusform>
            <numerusform>%n new leads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::SignIn</name>
    <message numerus="yes">
        <source>Too many tries. You can try again in %n second(s).</source>
        <translation>
            <numerusform>Too many tries. You can try again in %n second.</numerusform>
            <numerusform>Too many tries. You can try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The password is wrong. %n more try(s) without the server.</source>
        <translation>
            <numerusform>The password is wrong. One more try without the server.</numerusform>
            <numerusform>The password is wrong. %n more tries without the server.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vorfahrt::client::viewmodel::Words</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
</TS>
