namespace StoryLsp.Testing.Worlds;

/// <summary>What worlds are made of. No two names are near each other, so that a misspelling of one cannot be meant for another.</summary>
internal static class Pool
{
    public static readonly string[] Women =
        ["Ada", "Lena", "Bridget", "Winifred", "Theodora", "Philippa", "Zoë", "Céleste", "Inés", "Marguerite", "Beatrix", "Rose", "Hope", "Gwendolen", "Octavia", "Ursula"];

    public static readonly string[] Men =
        ["Tobias", "Josiah", "Orrin", "Everett", "Cyrus", "Desmond", "Quentin", "Ambrose", "Ludovic", "José", "Søren", "Mark", "Will", "Hugh", "Bernard", "Gideon"];

    public static readonly string[] Families =
    [
        "Vane", "Rudd", "Penhallow", "Duquette", "Merriman", "Whitcomb", "Sayles", "Thornbury", "Kowalczyk", "Brontë", "Müller", "O'Hara", "Montgomery", "Castellane",
        "Okonkwo", "Greenwood", "Ferreira", "Lindqvist", "Abernathy", "Tremaine", "Villanueva", "Szabó", "Delacroix", "Ishikawa", "Pemberton", "Quiggin", "Wolstenholme",
        "Noonan", "Hartigan", "Blackett", "Fairweather", "Ziegler",
    ];

    /// <summary>Ordinary words that are names too.</summary>
    public static readonly string[] CommonWords = ["Rose", "Hope", "Mark", "Will"];

    public static readonly string[] Aliases = ["Tuppence", "the Dormouse", "Birdie", "Old Ironside", "Pockets", "Doctor Snow"];

    public static readonly string[] Eyes = ["green", "brown", "blue", "grey", "hazel", "black"];

    public static readonly string[] Hair = ["black", "brown", "red", "blonde", "white", "grey", "auburn"];

    /// <summary>The house and its rooms, then places by themselves.</summary>
    public static readonly string[] Rooms = ["Library", "Dining Room", "Vat Room", "Winter Garden"];

    public static readonly string[] Places = ["Quarry Halt", "Old Mill", "Harbour Office", "Signal Tower", "Ropewalk", "Chapel Yard", "Lower Market", "Ferry Landing"];

    public static readonly string[] Items =
        ["brass compass", "ivory fan", "service revolver", "blue ledger", "tape measure", "silver flask", "signet ring", "storm lantern", "steel crowbar", "velvet purse"];

    public static readonly (string Name, string Statement, string[] Terms)[] Facts =
    [
        ("The false will", "The will that was read is a forgery made by a clerk.", ["forged", "forgery"]),
        ("The first marriage", "There was a marriage in Lisbon that nobody was told of.", ["bigamist", "secret marriage"]),
        ("The sunken gold", "The gold went down with the barge and is still there.", ["bullion", "sunken gold"]),
        ("The second set of books", "The clerk kept two sets of books for eleven years.", ["embezzled", "double-entry fraud"]),
        ("The decanter", "Somebody put arsenic into the decanter before supper.", ["arsenic", "poisoned decanter"]),
        ("The stolen plans", "The plans were copied in the attic and sold abroad.", ["blueprints", "stolen plans"]),
    ];

    public static readonly string[] Threads =
        ["The gun on the wall", "The missing page", "The locked attic", "The unpaid debt", "The stray dog", "The stopped clock"];

    public static readonly (string Name, string Text)[] Clues =
    [
        ("Muddy boots", "A pair of boots, wet to the ankle on a dry day."), ("Torn ticket", "Half of a ticket for the noon train."),
        ("Cold kettle", "A kettle that should still have been warm."), ("Broken seal", "The wax was broken and pressed together again."),
        ("Extra glass", "One glass more than there were guests."), ("Wet umbrella", "An umbrella that dripped in the stand."),
        ("Burnt matches", "Three matches, all bent the same way."), ("Loose button", "A button with a thread of green wool."),
    ];

    public static readonly string[] Occupations = ["valuer", "ferryman", "attorney", "physician", "cook", "clerk", "engineer", "schoolteacher"];

    public static readonly string[] Traits = ["patient", "vain", "generous", "curious", "sullen", "brave", "tidy", "shy"];

    public static readonly string[] TitleHeads =
        ["The Cold", "The Long", "The Second", "A Quiet", "The Wrong", "The Narrow", "A Borrowed", "The Empty", "The Late", "A Careful", "The Broken", "The Distant", "An Honest", "The Last", "A Patient"];

    public static readonly string[] TitleTails =
        ["Supper", "Train", "Count", "Bargain", "Door", "Stair", "Letter", "Answer", "Harvest", "Lesson", "Crossing", "Bell", "Visit", "Window", "Errand", "Lamp", "Ledger", "Hour"];

    public static readonly string[] Numbers =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>A number below a hundred in words.</summary>
    public static string Words(int number) =>
        number < 20 ? Numbers[number] : number % 10 == 0 ? Tens[number / 10] : Tens[number / 10] + "-" + Numbers[number % 10];

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A day with its ending, as 5th.</summary>
    public static string Ordinal(int day) => day + (day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
