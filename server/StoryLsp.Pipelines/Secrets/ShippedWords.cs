using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Files;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>The sentences of the shipped pipelines, as they stand in prompts. Anyone can read them, so nothing in them gives a story away.</summary>
internal static class ShippedWords
{
    private const int ShortestPiece = 24;

    private static readonly Lazy<IReadOnlyList<string>> Pieces = new(Read);

    /// <summary>Where a text says them, letter by letter, in UTF-16 code units.</summary>
    public static List<TextSpan> In(string text)
    {
        var result = new List<TextSpan>();
        foreach (var piece in Pieces.Value)
        {
            for (var at = text.IndexOf(piece, StringComparison.Ordinal); at >= 0; at = text.IndexOf(piece, at + piece.Length, StringComparison.Ordinal))
            {
                result.Add(new(at, piece.Length));
            }
        }

        return result;
    }

    private static IReadOnlyList<string> Read() =>
    [
        .. PipelineFiles.Shipped
            .SelectMany(pipeline => pipeline.Steps)
            .SelectMany(step => step switch { PromptStep prompt => [prompt.System, prompt.User], CritiqueStep critique => [critique.System, critique.User], _ => (string?[])[] })
            .OfType<string>()
            .Append(Fence.Rule)
            .SelectMany(text => text.ReplaceLineEndings("\n").Split(["{{", "}}", "\n"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(piece => piece.Length >= ShortestPiece)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(piece => piece.Length),
    ];
}
