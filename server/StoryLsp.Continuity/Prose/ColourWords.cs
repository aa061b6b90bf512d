namespace StoryLsp.Continuity.Prose;

/// <summary>Of what a colour is said.</summary>
internal enum ColouredPart : byte
{
    /// <summary>The eyes.</summary>
    Eyes,

    /// <summary>The hair.</summary>
    Hair,
}

/// <summary>What a colour word may stand for. Two words contradict each other where they have none in common.</summary>
[Flags]
internal enum Hues : ushort
{
    /// <summary>None: no colour is said.</summary>
    None = 0,

    /// <summary>Brown.</summary>
    Brown = 1,

    /// <summary>Black.</summary>
    Black = 2,

    /// <summary>Grey, silver and white: where one ends and another begins, nobody says.</summary>
    Grey = 4,

    /// <summary>Blue.</summary>
    Blue = 8,

    /// <summary>Green.</summary>
    Green = 16,

    /// <summary>Hazel.</summary>
    Hazel = 32,

    /// <summary>Amber and gold.</summary>
    Amber = 64,

    /// <summary>Violet.</summary>
    Violet = 128,

    /// <summary>Red.</summary>
    Red = 256,

    /// <summary>Blond.</summary>
    Blond = 512,

    /// <summary>Pink.</summary>
    Pink = 1024,
}

/// <summary>A colour as it is written, with its shade.</summary>
/// <param name="Hues">What it may stand for.</param>
/// <param name="First">The first token of it, shade included.</param>
/// <param name="Last">The last token of it.</param>
internal readonly record struct ColourPhrase(Hues Hues, int First, int Last);

/// <summary>
/// The closed vocabulary of the colours of eyes and hair. Words that are used for one another (grey and silver, red and auburn, blond and fair)
/// have a hue in common, so that they never contradict.
/// </summary>
internal static class ColourWords
{
    private static readonly WordSet Shades = new("dark light pale deep bright rich warm soft vivid clear cold icy steel steely");

    private static readonly WordSet Joins = new("and or to");

    private static readonly Dictionary<string, Hues>.AlternateLookup<ReadOnlySpan<char>> Eyes = Read("""
        brown=Brown chestnut=Brown chocolate=Brown mahogany=Brown cocoa=Brown coffee=Brown brownish=Brown
        black=Black ebony=Black jet=Black obsidian=Black onyx=Black
        hazel=Hazel hazelnut=Hazel,Brown tawny=Amber,Brown amber=Amber golden=Amber gold=Amber honey=Amber,Brown yellow=Amber
        green=Green emerald=Green jade=Green greenish=Green olive=Green,Brown moss=Green
        blue=Blue sapphire=Blue azure=Blue cobalt=Blue cornflower=Blue cerulean=Blue bluish=Blue
        turquoise=Blue,Green teal=Blue,Green aquamarine=Blue,Green aqua=Blue,Green sea=Blue,Green
        grey=Grey gray=Grey silver=Grey slate=Grey,Blue greyish=Grey grayish=Grey steel=Grey,Blue
        violet=Violet purple=Violet lavender=Violet amethyst=Violet
        """);

    private static readonly Dictionary<string, Hues>.AlternateLookup<ReadOnlySpan<char>> Hair = Read("""
        brown=Brown chocolate=Brown mousy=Brown mouse=Brown brunette=Brown brunet=Brown brownish=Brown walnut=Brown
        chestnut=Brown,Red auburn=Red,Brown russet=Red,Brown mahogany=Red,Brown
        red=Red ginger=Red copper=Red coppery=Red carrot=Red carroty=Red titian=Red reddish=Red crimson=Red scarlet=Red flame=Red
        black=Black raven=Black ebony=Black jet=Black inky=Black
        dark=Black,Brown,Grey
        blond=Blond blonde=Blond fair=Blond flaxen=Blond yellow=Blond platinum=Blond,Grey straw=Blond golden=Blond gold=Blond towheaded=Blond
        honey=Blond,Brown sandy=Blond,Brown,Red strawberry=Blond,Red caramel=Blond,Brown
        grey=Grey gray=Grey silver=Grey silvery=Grey white=Grey snowy=Grey pepper=Grey greyish=Grey grayish=Grey
        greying=Grey,Black,Brown,Red,Blond graying=Grey,Black,Brown,Red,Blond silvering=Grey,Black,Brown,Red,Blond
        blue=Blue green=Green teal=Blue,Green turquoise=Blue,Green purple=Violet violet=Violet lavender=Violet lilac=Violet pink=Pink
        """);

    /// <summary>The hues that a text names, as the value of a field: <c>dark brown, with flecks of gold</c>.</summary>
    public static Hues Of(string text, ColouredPart part)
    {
        var result = Hues.None;
        foreach (var range in Words(text))
        {
            result |= HuesOf(text.AsSpan(range), part);
        }

        // Dark says something of hair only where no colour stands beside it: dark red is red.
        return part == ColouredPart.Hair ? WithoutDark(text, result) : result;
    }

    /// <summary>The one colour of a field's value with its shade, as prose may take it over: <c>dark brown</c>; null where it names none, or several.</summary>
    public static string? PhraseOf(string text, ColouredPart part)
    {
        var words = Words(text);
        var first = words.FindIndex(range => HuesOf(text.AsSpan(range), part) != Hues.None && !(part == ColouredPart.Hair && IsDark(text.AsSpan(range))));
        if (first < 0)
        {
            return part == ColouredPart.Hair && words.Exists(range => IsDark(text.AsSpan(range))) ? "dark" : null;
        }

        var last = first;
        while (last + 1 < words.Count && HuesOf(text.AsSpan(words[last + 1]), part) != Hues.None && text[words[last].End.Value] is ' ' or '-')
        {
            last++;
        }

        for (var i = last + 1; i < words.Count; i++)
        {
            if (HuesOf(text.AsSpan(words[i]), part) != Hues.None)
            {
                return null;
            }
        }

        var start = first > 0 && Shades.Contains(text.AsSpan(words[first - 1])) && text[words[first - 1].End.Value] is ' ' or '-' ? first - 1 : first;
        var phrase = text[words[start].Start.Value..words[last].End.Value];
        return char.IsUpper(phrase[0]) ? char.ToLowerInvariant(phrase[0]) + phrase[1..] : phrase;
    }

    /// <summary>Reads a colour in a sentence, with its shades: <c>brown</c>, <c>very dark brown</c>, <c>grey-green</c>, <c>blue or grey</c>; null where none begins.</summary>
    public static ColourPhrase? Read(ProseSentence sentence, int at, ColouredPart part)
    {
        var hues = Hues.None;
        var last = -1;
        for (var i = at; sentence.Kind(i) == TokenKind.Word; i++)
        {
            var found = HuesOf(sentence.Text(i), part);
            var isShade = Shades.Contains(sentence.Text(i));
            if (found == Hues.None && !isShade)
            {
                break;
            }

            if (found != Hues.None && !(isShade && IsBeforeColour(sentence, i, part)))
            {
                hues |= found;
                last = i;
            }

            if (sentence.Kind(i + 1) == TokenKind.Hyphen || (last == i && sentence.Is(i + 1, Joins) && HuesOf(sentence.Text(i + 2), part) != Hues.None))
            {
                i++;
            }
        }

        return last < 0 ? null : new(hues, at, last);
    }

    /// <summary>Whether a word is the shade of a colour.</summary>
    public static bool IsShade(ReadOnlySpan<char> word) => Shades.Contains(word);

    private static bool IsBeforeColour(ProseSentence sentence, int at, ColouredPart part)
    {
        var next = sentence.Kind(at + 1) == TokenKind.Hyphen ? at + 2 : at + 1;
        return HuesOf(sentence.Text(next), part) != Hues.None;
    }

    private static Hues HuesOf(ReadOnlySpan<char> word, ColouredPart part) =>
        (part == ColouredPart.Eyes ? Eyes : Hair).TryGetValue(word, out var hues) ? hues : Hues.None;

    private static bool IsDark(ReadOnlySpan<char> word) => word.Equals("dark", StringComparison.OrdinalIgnoreCase);

    private static Hues WithoutDark(string text, Hues all)
    {
        var others = Hues.None;
        foreach (var range in Words(text))
        {
            others |= IsDark(text.AsSpan(range)) ? Hues.None : HuesOf(text.AsSpan(range), ColouredPart.Hair);
        }

        return others == Hues.None ? all : others;
    }

    private static List<Range> Words(string text)
    {
        var result = new List<Range>();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetter(text[i]))
            {
                var start = i;
                while (i < text.Length && char.IsLetter(text[i]))
                {
                    i++;
                }

                result.Add(start..i);
            }
        }

        return result;
    }

    private static Dictionary<string, Hues>.AlternateLookup<ReadOnlySpan<char>> Read(string table)
    {
        var result = new Dictionary<string, Hues>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (word, hues) = (entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]);
            result[word] = hues.Split(',').Aggregate(Hues.None, (all, hue) => all | HueOf(hue));
        }

        return result.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static Hues HueOf(string name) => name switch
    {
        nameof(Hues.Brown) => Hues.Brown,
        nameof(Hues.Black) => Hues.Black,
        nameof(Hues.Grey) => Hues.Grey,
        nameof(Hues.Blue) => Hues.Blue,
        nameof(Hues.Green) => Hues.Green,
        nameof(Hues.Hazel) => Hues.Hazel,
        nameof(Hues.Amber) => Hues.Amber,
        nameof(Hues.Violet) => Hues.Violet,
        nameof(Hues.Red) => Hues.Red,
        nameof(Hues.Pink) => Hues.Pink,
        _ => Hues.Blond,
    };
}
