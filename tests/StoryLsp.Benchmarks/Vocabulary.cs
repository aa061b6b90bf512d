namespace StoryLsp.Benchmarks;

/// <summary>The words that a generated story is made of.</summary>
internal static class Vocabulary
{
    public static readonly string[] Given =
        Words("Ada Basil Clara Dermot Edith Felix Greta Hugo Ines Jasper Kitty Lionel Mabel Nigel Olive Percy Quentin Rosalind Silas Thea Ulric Verity Winifred Xavier Yvonne Ambrose Beatrix Cedric Dorothea Ernest Flora Gilbert Harriet Isidore Josephine Konrad Lavinia Mortimer Nerissa Oswald");

    public static readonly string[] Family =
        Words("Abernathy Blackwood Carmody Dunmore Eastlake Fairweather Gallagher Hathersage Ingleby Jellicoe Kingsford Lockhart Merriweather Northcote Ormsby Pemberton Quillfeather Ravenscroft Shackleton Thistlewood Underhill Vandermeer Wetherby Yarborough Ashcombe Bellingham Chatterley Drummond Ellsworth Foxglove");

    public static readonly string[] PlaceFirst = Words("Alder Bramble Copper Drover Ember Fallow Granite Hollow Ivory Juniper Kestrel Larch Mallow Nettle Otter Pewter Quarry Rowan Sable Tallow");

    public static readonly string[] PlaceLast = Words("Bridge Chapel Cottage Farm Ferry Gate Hall Harbour Inn Lane Manor Mill Orchard Quay Square Station Tower Vicarage Wharf Yard");

    public static readonly string[] ItemFirst = Words("amber battered brass broken carved cracked folded gilded heavy iron leather marbled painted rusted sealed silver striped tarnished velvet woven");

    public static readonly string[] ItemLast = Words("almanac bottle brooch candlestick compass dagger diary envelope flask glove key lantern ledger locket map photograph revolver spyglass telegram watch");

    public static readonly string[] Adjectives =
        Words("quiet cold narrow patient sudden pale crooked distant careful heavy bright bitter gentle stubborn hollow familiar ragged slow damp ordinary weary nervous clever old wooden early silent sharp tired strange");

    public static readonly string[] Nouns =
        Words("door window letter river lamp stair garden clock voice rain road hand table shadow answer story morning coat fire boat wall stranger question map pocket silence bell horse secret kitchen ledger harbour hill candle supper newspaper field step promise");

    public static readonly string[] Verbs =
        Words("watched carried followed opened remembered counted ignored believed noticed crossed forgot lifted answered hid borrowed described passed mended studied refused");

    public static readonly string[] Intransitive =
        Words("waited laughed hesitated nodded slept listened frowned shivered smiled paused returned sighed whispered stared coughed");

    public static readonly string[] Adverbs = ["slowly", "again", "twice", "carefully", "without hurry", "gladly", "at once", "badly", "before dawn", "after supper", "in silence", "by accident", "for an hour", "as always"];

    public static readonly string[] Openings =
        ["By the time the tide had turned", "Before anyone could speak", "In the half-light of the passage", "When the last train had gone", "Beyond the hedge", "Some minutes later", "For once", "On the far side of the yard", "Without a word"];

    /// <summary>What the time of day is called in which an hour between 8 and 19 lies.</summary>
    public static string TimeOfDay(int hour) => hour switch
    {
        8 => "dawn",
        < 11 => "morning",
        < 13 => "noon",
        < 16 => "afternoon",
        < 17 => "dusk",
        < 19 => "evening",
        _ => "night",
    };

    /// <summary>An adjective for a number.</summary>
    public static string Adjective(int i) => Adjectives[i % Adjectives.Length];

    /// <summary>A noun for a number.</summary>
    public static string Noun(int i) => Nouns[i % Nouns.Length];

    private static string[] Words(string text) => text.Split(' ');
}
