using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.CodeLenses;

/// <summary>Counts words as writers do: what stands between spaces and has a letter or a digit; of scripts without spaces, each letter that is a word.</summary>
internal static class WordCounts
{
    // Facts stay the same until their document changes, so each text is read and counted once.
    private static readonly ConditionalWeakTable<DocumentFacts, long[]> Known = [];

    /// <summary>How many words a scene or chapter should have; null where it does not say.</summary>
    public static long? TargetOf(StoryContainer container) => TargetOf(container.Fact);

    /// <summary>How many words a scene or chapter should have; null where it does not say.</summary>
    public static long? TargetOf(ContainerFact container) =>
        long.TryParse(container.Field("target_words")?.Value.AsText(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var target) && target > 0 ? target : null;

    /// <summary>How many words a scene has; a chapter has those of its scenes as well.</summary>
    public static long Of(StoryWorld world, StoryContainer container, CancellationToken cancel)
    {
        var words = Of(world.Snapshot, container.Container);
        if (!world.Snapshot.Schemas.IsKindOf(container.Type, "chapter"))
        {
            return words;
        }

        foreach (var scene in ScenesOfChapters.Of(world.Snapshot).In(container))
        {
            cancel.ThrowIfCancellationRequested();
            words += Of(world.Snapshot, scene);
        }

        return words;
    }

    /// <summary>How many words the prose of a container has, headings left out.</summary>
    public static long Of(Snapshot snapshot, Container container) => In(snapshot, container.Document).ElementAtOrDefault(container.Fact.Index);

    /// <summary>Counts the words of a document, so that they are known.</summary>
    public static void Read(Snapshot snapshot, DocumentFacts facts) => In(snapshot, facts);

    // By the containers of a document. A text that is not that of the facts any more counts nothing.
    private static long[] In(Snapshot snapshot, DocumentFacts facts)
    {
        if (Known.TryGetValue(facts, out var words))
        {
            return words;
        }

        if (facts.Prose.Count == 0 || snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            return [];
        }

        var counters = new Counter?[facts.Containers.Count];
        foreach (var prose in facts.Prose)
        {
            if (prose.Container >= 0 && !IsHeading(facts, prose.Span))
            {
                (counters[prose.Container] ??= new Counter(text.Text)).Add(prose.Span);
            }
        }

        words = [.. counters.Select(counter => counter?.Words ?? 0)];
        Known.AddOrUpdate(facts, words);
        return words;
    }

    private static bool IsHeading(DocumentFacts facts, TextSpan prose)
    {
        var (low, high) = (0, facts.Headings.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var heading = facts.Headings[middle].Span;
            if (heading.Contains(prose))
            {
                return true;
            }

            if (heading.Start < prose.Start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return false;
    }

    /// <summary>Counts on through stretches of prose: a link in the middle of a word does not make it two.</summary>
    private sealed class Counter(string text)
    {
        private int _end = -1;
        private bool _inWord;

        public long Words { get; private set; }

        public void Add(TextSpan span)
        {
            if (_end >= 0 && text.AsSpan(_end, Math.Max(0, span.Start - _end)).IndexOfAny(" \t\r\n") >= 0)
            {
                _inWord = false;
            }

            foreach (var rune in text.AsSpan(span.Start, Math.Min(span.End, text.Length) - span.Start).EnumerateRunes())
            {
                if (Rune.IsWhiteSpace(rune))
                {
                    _inWord = false;
                }
                else if (IsIdeographic(rune.Value))
                {
                    Words++;
                    _inWord = false;
                }
                else if (!_inWord && Rune.IsLetterOrDigit(rune))
                {
                    Words++;
                    _inWord = true;
                }
            }

            _end = span.End;
        }

        private static bool IsIdeographic(int rune) =>
            rune is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
    }
}
