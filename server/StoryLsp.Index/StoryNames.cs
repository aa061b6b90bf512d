using StoryLsp.Language.Effects;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index;

/// <summary>
/// The names that stand inside of values and are no references: in lines of <c>effects</c> that may be read in several ways, and in times that are
/// measured from something else. What such a line means changes when one of its names means something else.
/// </summary>
internal static class StoryNames
{
    // A longer name stands in no line that a person writes.
    private const int MostWords = 12;

    private static readonly string[] Times = ["when", "until", "born", "died", "built", "destroyed"];

    /// <summary>All names that a container's values may hold; some may be no names.</summary>
    public static IEnumerable<string> In(ContainerFact container)
    {
        foreach (var field in container.Fields)
        {
            var names = field.Name switch
            {
                "effects" => EffectReader.Effects(field.Value).SelectMany(In),
                _ when Times.Contains(field.Name) => InTime(field.Value),
                _ => [],
            };
            foreach (var name in names)
            {
                yield return name;
                if (name.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
                {
                    yield return name[4..];
                }
            }
        }
    }

    private static IEnumerable<string> In(EffectFact effect)
    {
        // Of a line that nobody understands each run of words may be a name.
        var own = effect.Verb == EffectVerb.Unread
            ? Runs(effect.What?.Text ?? "")
            : new[] { effect.Who, effect.What, effect.To }.Concat(effect.Prevents).OfType<EffectName>().Select(name => name.Text);
        return own.Concat(effect.Others.SelectMany(In));
    }

    private static IEnumerable<string> InTime(YamlNode value)
    {
        if (value.Resolve() is YamlMapping mapping)
        {
            return mapping.Entries.Select(entry => entry.Value.AsText()).OfType<string>();
        }

        return value.AsText() is { } text && text.AsSpan().ContainsAnyInRange('a', '\uffff') ? Ends(text) : [];
    }

    // "3 days after the ball, 21:30": the name is at the end, and what stands before it is a guess.
    private static IEnumerable<string> Ends(string text)
    {
        var comma = text.LastIndexOf(',');
        var whole = comma > 0 && text.AsSpan(comma).ContainsAnyInRange('0', '9') ? text[..comma] : text;
        var words = Words(whole);
        for (var i = Math.Max(1, words.Length - MostWords); i < words.Length; i++)
        {
            yield return string.Join(' ', words[i..]).Trim('[', ']');
        }
    }

    private static IEnumerable<string> Runs(string text)
    {
        const int longest = 5;
        var words = Words(text);
        for (var start = 0; start < words.Length; start++)
        {
            for (var end = start + 1; end <= Math.Min(words.Length, start + longest); end++)
            {
                yield return string.Join(' ', words[start..end]).Trim('.', ',', ';', '!', '?', '(', ')', '[', ']', '"');
            }
        }
    }

    private static string[] Words(string text) => text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
}
