using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>
/// Names in the middle of prose: those of the story that begin as what is being typed, whoever is in the scene first. A popup over every word would be in the way,
/// so there is nothing before two letters, in small letters, within a word, or once a name is written.
/// </summary>
internal static class ProseNameItems
{
    private const int FewestLetters = 2;

    // More words than that before the caret begin no name.
    private const int MostWords = 4;

    /// <summary>The names that go on with what stands before the caret.</summary>
    public static CompletionList Of(CompletionRequest request)
    {
        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(request.Offset));
        if (request.Offset == line.Start || !ProseWord.IsPart(text.Text, request.Offset - 1) || (request.Offset < line.End && ProseWord.IsPart(text.Text, request.Offset)))
        {
            return CompletionList.Empty;
        }

        // The longest beginning counts: behind `Ada V` only Ada Vane is meant.
        foreach (var start in ProseWord.StartsBefore(text.Text, line.Start, request.Offset, MostWords))
        {
            var span = TextSpan.FromBounds(start, request.Offset);
            if (ProseWord.MayBegin(text.Text, line.Start, start) && IsBeginning(text.Slice(span)) && Begun(request, line, span) is { Items.Count: > 0 } list)
            {
                return list;
            }
        }

        return CompletionList.Empty;
    }

    private static bool IsBeginning(string typed) =>
        typed.EnumerateRunes().Count(System.Text.Rune.IsLetterOrDigit) >= FewestLetters && System.Text.Rune.GetRuneAt(typed, 0) is var first &&
        (System.Text.Rune.IsUpper(first) || (System.Text.Rune.IsLetter(first) && !System.Text.Rune.IsLower(first)));

    private static CompletionList Begun(CompletionRequest request, TextSpan line, TextSpan span)
    {
        var snapshot = request.Snapshot;
        var typed = request.Typed(span);
        var isSentenceStart = ProseWord.IsSentenceStart(request.Document.Text.Text, line.Start, span.Start);
        var present = Present(request);
        var found = new Dictionary<string, (Container Container, bool IsPresent)>(StringComparer.Ordinal);
        request.Cancel.ThrowIfCancellationRequested();
        foreach (var (name, key) in ProseNames.Of(snapshot).BeginningWith(typed))
        {
            if ((isSentenceStart && IsArticle(name, typed)) || snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is not { } container)
            {
                continue;
            }

            if (name.Length == typed.Length)
            {
                // It is written already; whoever goes on types the next word.
                return CompletionList.Empty;
            }

            var isPresent = present.Contains(key);
            if (!found.TryGetValue(name, out var other) || (isPresent && !other.IsPresent))
            {
                found[name] = (container, isPresent);
            }
        }

        var ordered = found.OrderByDescending(one => one.Value.IsPresent).ThenBy(one => one.Key.Length).ThenBy(one => one.Key, StringComparer.Ordinal).Take(Completions.MostItems);
        // The editor asks again at the next letter, and the list is gone once a name is written: Enter is then a new line.
        return new([.. ordered.Select((one, rank) => Item(one.Key, one.Value.Container, typed, span, rank))], found.Count > 0);
    }

    // `The` of The Heron: at the beginning of a sentence such a word is no sign of a name.
    private static bool IsArticle(string name, string typed) => name.IndexOf(' ') is > 0 and var space && typed.Length <= space && FunctionWords.IsOne(name[..space]);

    private static HashSet<ContainerKey> Present(CompletionRequest request)
    {
        var snapshot = request.Snapshot;
        var facts = request.Document.Facts;
        var scene = snapshot.ContainerAt(request.Document.Path, request.Offset);
        return scene is null ? [] : [.. facts.References.Where(reference => reference.Container == scene.Fact.Index)
            .Select(reference => snapshot.Resolve(reference, facts.Path).Container?.Key).OfType<ContainerKey>()];
    }

    private static CompletionItem Item(string name, Container container, string typed, TextSpan span, int rank) => new()
    {
        Label = name,
        Kind = CompletionKind.Container,
        Detail = name == container.Name ? container.Type : container.Type + " · " + container.Name,
        NewText = name,
        Span = span,
        FilterText = typed + name[typed.Length..],
        SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
        Data = ContainerItems.DataOf(container),
    };
}
