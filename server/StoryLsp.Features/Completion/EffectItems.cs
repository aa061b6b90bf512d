using System.Globalization;
using StoryLsp.Features.Matching;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The plain form of an effect, word by word: <c>ada takes revolver</c>.</summary>
internal static class EffectItems
{
    private static readonly (string Word, string Description)[] Verbs =
    [
        ("takes", "She has the item from now on."), ("gives", "The item changes hands: `ada gives revolver to lena`."), ("loses", "She no longer has the item."),
        ("learns", "She knows the fact from now on."), ("dies", "She is dead from now on."), ("revives", "She is alive again."),
        ("destroyed", "The place or item is gone from now on."),
    ];

    /// <summary>The completions of the word at the caret.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The whole effect as far as it is written.</param>
    /// <param name="prefix">What stands before a first word: a dash, a space.</param>
    public static CompletionList Of(CompletionRequest request, TextSpan token, string prefix)
    {
        var typed = request.Typed(token);
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var complete = typed.EndsWith(' ') || words.Length == 0 ? words : words[..^1];
        var span = WordAt(request, token);
        return complete switch
        {
            [] => Containers(request, span, prefix, "character", "item", "location"),
            [_] => Words(request, span, Verbs),
            [_, "learns"] => Containers(request, span, "", "fact"),
            [_, "takes" or "loses" or "gives"] => Containers(request, span, "", "item"),
            [_, "gives", _] => Words(request, span, [("to", "Who has it from now on.")]),
            [_, "gives", _, "to"] => Containers(request, span, "", "character"),
            _ => CompletionList.Empty,
        };
    }

    // An effect is read word by word, so that an id serves and a name of two words does not.
    private static CompletionList Containers(CompletionRequest request, TextSpan span, string prefix, params string[] types)
    {
        var snapshot = request.Snapshot;
        return ContainerItems.Of(request, types.SelectMany(snapshot.ContainersOf), span, (container, _) => prefix + snapshot.IdOf(container));
    }

    private static CompletionList Words(CompletionRequest request, TextSpan span, (string Word, string Description)[] words)
    {
        var typed = request.Typed(span);
        var items = words.Where(word => NameMatch.Score(typed, word.Word) > 0).Select((word, rank) => new CompletionItem
        {
            Label = word.Word, Kind = CompletionKind.Value, NewText = word.Word, Span = span, Documentation = word.Description,
            SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
        });
        return new([.. items], false);
    }

    private static TextSpan WordAt(CompletionRequest request, TextSpan token)
    {
        var text = request.Document.Text.Text;
        var start = request.Offset;
        while (start > token.Start && text[start - 1] != ' ')
        {
            start--;
        }

        var end = request.Offset;
        while (end < token.End && text[end] != ' ')
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }
}
