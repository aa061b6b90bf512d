using System.Collections.Frozen;

namespace StoryLsp.Language.Mentions;

/// <summary>Of whom something is said, where that is known.</summary>
public enum Gender : byte
{
    /// <summary>It is not known, or may be anyone.</summary>
    Unknown,

    /// <summary>A woman.</summary>
    Female,

    /// <summary>A man.</summary>
    Male,
}

/// <summary>Words that stand before a person's name.</summary>
internal static class Honorific
{
    private const string OfMen = """
        mr mister messrs sir lord monsieur m mons herr signor signore senor don prince king duke count baron earl viscount marquis emperor tsar
        brother father uncle grandfather grandpa abbe maitre hr mynheer pan
        """;

    private const string OfWomen = """
        mrs miss misses ms mme madame madam mlle mademoiselle mesdames lady dame frau fraulein signora signorina senora senorita dona princess queen
        duchess countess baroness viscountess marchioness empress tsarina sister mother aunt auntie grandmother grandma mistress mevrouw pani
        """;

    private const string OfAnyone = """
        dr doctor prof professor captain capt inspector insp sergeant sgt serjeant colonel col major maj general gen lieutenant lieut lt commander
        cmdr admiral corporal cpl private constable pc officer detective superintendent supt chief sheriff marshal judge justice senator president
        governor mayor minister ambassador reverend rev bishop archbishop cardinal pope rabbi imam elder deacon coach agent squire cousin comrade
        citizen chancellor councillor secretary coroner hon master nurse mx commissioner commodore brigadier ensign cadet commissar
        """;

    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "mx", "m", "mm", "mons", "mme", "mlle", "messrs", "hr", "dr", "prof", "capt", "insp", "sgt", "col", "maj", "gen", "lieut", "lt",
        "cmdr", "cpl", "supt", "rev", "hon", "st", "mt", "ft", "jr", "sr", "det", "fr", "pte",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Gender> All = Read();

    /// <summary>Whether a full stop behind a folded word belongs to it: Mr., St.</summary>
    public static bool IsAbbreviation(string folded) => Abbreviations.Contains(folded);

    /// <summary>Whether a folded word is an honorific, and of whom.</summary>
    public static bool TryGet(string folded, out Gender gender) => All.TryGetValue(folded, out gender);

    /// <summary>All of them, folded.</summary>
    public static IEnumerable<KeyValuePair<string, Gender>> Words => All;

    private static FrozenDictionary<string, Gender> Read()
    {
        var result = new Dictionary<string, Gender>(StringComparer.Ordinal);
        Add(OfMen, Gender.Male);
        Add(OfWomen, Gender.Female);
        Add(OfAnyone, Gender.Unknown);
        return result.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string words, Gender gender)
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                result[word] = gender;
            }
        }
    }
}
