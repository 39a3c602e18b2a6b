package dev.nightdesk.generate;

/** What every story needs. */
record World(
    GeneratorOptions options,
    Days days,
    Demand demand,
    Staff staff,
    Customers customers,
    Phrases phrases,
    Macros macros,
    Commerce commerce,
    RecentTickets recent,
    Ids ids,
    DumpWriter dumps) {}
