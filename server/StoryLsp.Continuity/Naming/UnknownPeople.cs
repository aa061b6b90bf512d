using StoryLsp.Continuity.Prose;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Naming;

/// <summary>A name in a text that no container has.</summary>
/// <param name="Name">The name as it stands there.</param>
/// <param name="Span">Where, in UTF-16 code units of the document.</param>
/// <param name="Near">A part of a known name that differs by a slip; null where there is none.</param>
public sealed record UnknownPerson(string Name, TextSpan Span, string? Near);

/// <summary>
/// Finds the people in new words whom no container knows. As <c>name/unknown-name</c> does it, but one use suffices: what a model invents
/// stands there once. A name is a word with a capital that no dictionary has, a given name, or what stands behind a title.
/// </summary>
public static class UnknownPeople
{
    private const int ShortestName = 3;

    // At the beginning of a sentence an outcry looks the same as a name.
    private const int ShortestAtStart = 4;

    private static readonly Prose.WordSet Doing = new(
        "said says asked asks replied answered told cried added went goes came comes stood sat took gave knew knows thought felt saw held kept left made put ran rose shook spoke threw wore wrote met led hid");

    private static readonly Prose.WordSet Saying = new("said asked replied answered whispered murmured muttered shouted cried called named");

    /// <summary>The unknown people in stretches of a document, in order, each name once.</summary>
    /// <param name="snapshot">The workspace; it decides who is known.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="stretches">Where the new words stand, in UTF-16 code units.</param>
    public static IReadOnlyList<UnknownPerson> In(Snapshot snapshot, string path, IReadOnlyList<TextSpan> stretches)
    {
        if (snapshot.Facts(path) is not { } facts || snapshot.Text(path) is not { } text || text.Length != facts.Lines.TextLength ||
            !HasPeople(snapshot) || DriftedWordsIn.CapitalsSayNothing(snapshot.Settings.Language))
        {
            return [];
        }

        var known = snapshot.Mentions.In(path).Select(mention => mention.Span).Concat(facts.Links.Select(link => link.Span)).Concat(facts.References.Select(reference => reference.Span))
            .OrderBy(span => span.Start).ToArray();
        var look = new Look(snapshot, text.Text, known);
        var found = new List<UnknownPerson>();
        foreach (var stretch in stretches)
        {
            foreach (var prose in Readable(facts.Prose.Select(prose => prose.Span), stretch, path, text.Text))
            {
                look.Into(prose, found, wholeNames: false);
            }

            // A synopsis is told in full names, and a single word there may be anything.
            foreach (var told in Readable(Told(facts), stretch, path, text.Text))
            {
                look.Into(told, found, wholeNames: true);
            }
        }

        return [.. found.DistinctBy(person => person.Name)];
    }

    // Where nobody is written down, nobody is missing.
    private static bool HasPeople(Snapshot snapshot) => snapshot.ContainersOf("character").Any();

    private static IEnumerable<TextSpan> Told(DocumentFacts facts) => facts.Containers.SelectMany(container => container.Fields)
        .Where(field => field.Name is "synopsis" or "description" or "summary" && field.Value.Resolve() is YamlScalar { IsNull: false }).Select(field => field.Value.Span);

    private static IEnumerable<TextSpan> Readable(IEnumerable<TextSpan> prose, TextSpan stretch, string path, string text)
    {
        foreach (var span in prose.Where(span => span.Overlaps(stretch)))
        {
            yield return TextSpan.FromBounds(Math.Max(span.Start, stretch.Start), Math.Min(span.End, stretch.End));
        }
    }

    private sealed class Look(Snapshot snapshot, string text, TextSpan[] known)
    {
        private readonly NameParts _parts = NameParts.Of(snapshot);
        private readonly WorkspaceWords _words = WorkspaceWords.Of(snapshot);
        private readonly bool _english = snapshot.Settings.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

        public void Into(TextSpan prose, List<UnknownPerson> found, bool wholeNames)
        {
            var words = NameWords.In(text, prose).ToList();
            for (var i = 0; i < words.Count; i++)
            {
                if (!IsUnknown(words, i))
                {
                    continue;
                }

                // A name goes on for as long as its words have capitals, and begins with those before.
                var (first, last) = (i, i);
                while (last + 1 < words.Count && Touches(words[last], words[last + 1]) && IsNameLike(words[last + 1]))
                {
                    last++;
                }

                if (wholeNames && !IsWholeName(words, first, last))
                {
                    continue;
                }

                var span = TextSpan.FromBounds(words[first].Start, words[last].End);
                var word = Text(words[i]);
                found.Add(new(text.Substring(span.Start, span.Length).ReplaceLineEndings(" "), span, _parts.NearestTo(word)?.Text));
                i = last;
            }
        }

        private bool IsUnknown(List<TextSpan> words, int index)
        {
            var span = words[index];
            var word = Text(span);
            if (!char.IsUpper(word[0]) || word.Length < 2 || IsKnownAt(span) || _parts.IsKnown(word) || NameWords.IsNoPersonOrPlace(word) || word.AsSpan().ContainsAnyInRange('0', '9'))
            {
                return false;
            }

            var begins = SentenceStart.IsAt(text, span.Start);
            var isTitled = index > 0 && Touches(words[index - 1], span) && NameWords.IsTitle(Text(words[index - 1])) && char.IsUpper(text[words[index - 1].Start]);
            if (isTitled)
            {
                return true;
            }

            if (word.Length < ShortestName || IsShouted(word))
            {
                return false;
            }

            if (NameWords.IsGivenName(word) && (!begins || !WordList.IsEnglish(word)))
            {
                return true;
            }

            if (WordList.IsEnglish(word) || _words.HasSmall(word))
            {
                return false;
            }

            // London is no person, and Hawkins is one who does something.
            if (WordList.Proper.Contains(word))
            {
                return IsActing(words, index);
            }

            return !begins || (_english && word.Length >= ShortestAtStart && HasVowel(word)) || _words.Use(word).Away > 0;
        }

        // A given name and another, a title and a name, a word and a strange one; or a strange name behind a given name that is known.
        private bool IsWholeName(List<TextSpan> words, int first, int last)
        {
            var before = first > 0 && Touches(words[first - 1], words[first]) && char.IsUpper(text[words[first - 1].Start]) ? Text(words[first - 1]) : "";
            return (before.Length > 0 && (NameWords.IsTitle(before) || NameWords.IsGivenName(before))) ||
                (last > first && (NameWords.IsGivenName(Text(words[first])) || (!WordList.IsEnglish(Text(words[first])) && IsStrange(words[first + 1]))));
        }

        private bool IsStrange(TextSpan word) => !WordList.IsEnglish(Text(word)) && !WordList.Proper.Contains(Text(word));

        private bool IsActing(List<TextSpan> words, int index)
        {
            var next = index + 1 < words.Count && Touches(words[index], words[index + 1]) ? Text(words[index + 1]) : "";
            var before = index > 0 ? Text(words[index - 1]) : "";
            return Doing.Contains(next) || (next.Length > 4 && char.IsLower(next[0]) && next.EndsWith("ed", StringComparison.Ordinal)) || Saying.Contains(before) ||
                (next.Length >= ShortestName && char.IsUpper(next[0]) && !WordList.IsEnglish(next));
        }

        private bool IsNameLike(TextSpan span)
        {
            var word = Text(span);
            return word.Length > 1 && char.IsUpper(word[0]) && !IsKnownAt(span) && !NameWords.IsNoPersonOrPlace(word);
        }

        private bool IsKnownAt(TextSpan span)
        {
            var at = Array.FindIndex(known, other => other.End > span.Start);
            return at >= 0 && known[at].Overlaps(span);
        }

        private bool Touches(TextSpan word, TextSpan next) => text.AsSpan(word.End, next.Start - word.End).Trim(" \u00A0.\r\n").IsEmpty && text.AsSpan(word.End, next.Start - word.End).Count('\n') < 2 &&
            (text[word.End] != '.' || NameWords.IsTitle(Text(word)));

        private string Text(TextSpan span) => text.Substring(span.Start, span.Length);

        private static bool IsShouted(string word) => !word.AsSpan(1).ContainsAnyInRange('a', 'z') && word.All(char.IsUpper);

        private static bool HasVowel(string word) => word.AsSpan().IndexOfAny("aeiouyAEIOUY") >= 0 && word.AsSpan().IndexOfAnyExcept("aeiouhmAEIOUHM") >= 0;
    }
}
