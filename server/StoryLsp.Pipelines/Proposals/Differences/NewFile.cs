using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>
/// A new file in parts that can be taken or left: prose by paragraph, a heading with the one that follows it, a script by scene. What opens the file (front matter, title page,
/// headings) comes with whichever part is taken first. Half of a YAML file means nothing, so it is one part.
/// </summary>
internal static class NewFile
{
    /// <summary>The insertions, in order; together they are the text. At least one.</summary>
    public static IReadOnlyList<PieceEdit> Of(string path, string text)
    {
        var kind = DocumentReader.KindOf(path);
        var pieces = kind is DocumentKind.Markdown or DocumentKind.Fountain ? TextPieces.Of(path, text) : [];
        var heads = Heads(kind, text, pieces);
        if (heads.Count < 2)
        {
            return [new PieceEdit(new(new(0, 0), text), false)];
        }

        var result = new List<PieceEdit>();
        var opening = text[..pieces[heads[0]].Start];
        var end = text[pieces[^1].End..];
        for (var i = 0; i < heads.Count; i++)
        {
            var isLast = i == heads.Count - 1;
            var start = i == 0 ? 0 : pieces[heads[i] - 1].End;
            var lead = i == 0 ? opening : text[start..pieces[heads[i]].Start];
            result.Add(new(new(new(0, 0), text[start..(isLast ? text.Length : pieces[heads[i + 1] - 1].End)]), false, new(1, opening, lead, end, isLast)));
        }

        return result;
    }

    /// <summary>The pieces with which the parts begin.</summary>
    private static List<int> Heads(DocumentKind kind, string text, IReadOnlyList<Piece> pieces)
    {
        var result = new List<int>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var isOpening = result.Count == 0 && (kind == DocumentKind.Fountain ? IsTitlePage(text, pieces, i) : pieces[i].Kind == PieceKind.Line || IsHeading(kind, pieces[i]));
            if (!isOpening && (result.Count == 0 || Begins(kind, text, pieces, i)))
            {
                result.Add(i);
            }
        }

        return result;
    }

    private static bool Begins(DocumentKind kind, string text, IReadOnlyList<Piece> pieces, int index) =>
        TextPieces.IsBreak(text.AsSpan(pieces[index - 1].End, pieces[index].Start - pieces[index - 1].End)) && (kind == DocumentKind.Fountain
            ? IsHeading(kind, pieces[index])
            : !(pieces[index].Kind == PieceKind.Line && pieces[index - 1].Kind == PieceKind.Line) && !IsHeading(kind, pieces[index - 1]));

    private static bool IsHeading(DocumentKind kind, Piece piece) => kind == DocumentKind.Markdown
        ? piece.Kind == PieceKind.Sentence && piece.Text[0] == '#'
        : (piece.Text[0] == '.' && !piece.Text.StartsWith("..", StringComparison.Ordinal)) || Array.Exists(SceneMarks, mark => piece.Text.StartsWith(mark, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] SceneMarks = ["INT.", "INT ", "EXT.", "EXT ", "EST.", "EST ", "INT/", "I/E"];

    // The lines `Title: …` before the first blank one.
    private static bool IsTitlePage(string text, IReadOnlyList<Piece> pieces, int index) => pieces[0].Text.Contains(':', StringComparison.Ordinal) &&
        !Enumerable.Range(1, index).Any(i => TextPieces.IsBreak(text.AsSpan(pieces[i - 1].End, pieces[i].Start - pieces[i - 1].End)));
}
