using StoryLsp.Features.CodeLenses;
using StoryLsp.Features.InlayHints;
using StoryLsp.Features.SemanticTokens;
using StoryLsp.Language.Text;

namespace StoryLsp.Server.Session;

/// <summary>What an editor shows in and beside a text.</summary>
[Flags]
internal enum ShownKinds
{
    None = 0,
    Tokens = 1,
    Hints = 2,
    Lenses = 4,
    Findings = 8,
    All = Tokens | Hints | Lenses,
}

/// <summary>Marks of what an editor shows of a document. Those of two moments are the same where it shows the same.</summary>
/// <param name="Tokens">What its names are names of.</param>
/// <param name="Hints">Its hints.</param>
/// <param name="Lenses">What its lenses say.</param>
internal sealed record ShownMarks(int Tokens, int Hints, int Lenses)
{
    /// <summary>The marks of a document as it is now.</summary>
    public static ShownMarks Of(Place place, CancellationToken cancel)
    {
        var (client, snapshot) = (place.Session.Client, place.Snapshot);
        var all = new TextSpan(0, place.Text.Length);
        var tokens = default(HashCode);
        foreach (var token in client.RefreshesTokens ? NameTokens.In(snapshot, place.Path, all, cancel) : [])
        {
            tokens.Add(token);
        }

        var hints = default(HashCode);
        foreach (var hint in client.RefreshesHints ? Features.InlayHints.Hints.In(snapshot, place.Path, all, cancel) : [])
        {
            hints.Add(hint.Offset);
            hints.Add(hint.Label, StringComparer.Ordinal);
        }

        var lenses = default(HashCode);
        foreach (var lens in client.RefreshesLenses ? Features.CodeLenses.Lenses.In(snapshot, place.Path, cancel) : [])
        {
            lenses.Add(lens.Span.Start);
            lenses.Add(LensContents.Of(snapshot, lens.Kind, lens.Container, cancel)?.Title, StringComparer.Ordinal);
        }

        return new(tokens.ToHashCode(), hints.ToHashCode(), lenses.ToHashCode());
    }

    /// <summary>What is shown otherwise than it was.</summary>
    public ShownKinds Except(ShownMarks before) => (Tokens == before.Tokens ? ShownKinds.None : ShownKinds.Tokens) |
        (Hints == before.Hints ? ShownKinds.None : ShownKinds.Hints) | (Lenses == before.Lenses ? ShownKinds.None : ShownKinds.Lenses);
}
