using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>A sentence as its parts. Marks of emphasis and line ends are no parts.</summary>
internal sealed class ProseSentence
{
    private readonly string _text;

    internal ProseSentence(string text, TextSpan span, IReadOnlyList<ProseToken> tokens)
    {
        _text = text;
        Span = span;
        Tokens = tokens;
    }

    /// <summary>Where it stands, in UTF-16 code units of the document.</summary>
    public TextSpan Span { get; }

    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<ProseToken> Tokens { get; }

    /// <summary>How many parts it has.</summary>
    public int Count => Tokens.Count;

    /// <summary>What a part is; null outside of the sentence.</summary>
    public TokenKind? Kind(int index) => index >= 0 && index < Tokens.Count ? Tokens[index].Kind : null;

    /// <summary>The text of a part; empty outside of the sentence.</summary>
    public ReadOnlySpan<char> Text(int index) => index >= 0 && index < Tokens.Count ? _text.AsSpan(Tokens[index].Span.Start, Tokens[index].Span.Length) : [];

    /// <summary>Whether a part is that word, whatever its case.</summary>
    public bool Is(int index, string word) => Kind(index) == TokenKind.Word && Text(index).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a part is one of these words.</summary>
    public bool Is(int index, WordSet words) => Kind(index) == TokenKind.Word && words.Contains(Text(index));

    /// <summary>Whether a part is that mark.</summary>
    public bool IsMark(int index, char mark) => Kind(index) == TokenKind.Mark && Text(index)[0] == mark;

    /// <summary>Whether nothing more is said at a place: the end, a mark or speech.</summary>
    public bool IsEnd(int index) => Kind(index) is null or TokenKind.Mark or TokenKind.Speech;

    /// <summary>Whether any part from one to another is one of these words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="from">The first part.</param>
    /// <param name="to">The part behind the last.</param>
    public bool Has(WordSet words, int from, int to)
    {
        for (var i = Math.Max(0, from); i < to && i < Tokens.Count; i++)
        {
            if (Is(i, words))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any part from one to another is of a kind.</summary>
    public bool Has(TokenKind kind, int from, int to)
    {
        for (var i = Math.Max(0, from); i < to && i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is a question.</summary>
    public bool IsQuestion => Tokens.Count > 0 && IsMark(Tokens.Count - 1, '?');

    /// <summary>The span from the beginning of one part to the end of another.</summary>
    public TextSpan SpanOf(int first, int last) => TextSpan.FromBounds(Tokens[first].Span.Start, Tokens[last].Span.End);
}
