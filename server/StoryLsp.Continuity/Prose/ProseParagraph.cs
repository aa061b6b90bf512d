using StoryLsp.Language.Prose;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>A paragraph, a heading, a list item or a speech of a script.</summary>
internal sealed class ProseParagraph
{
    private readonly string _text;
    private readonly List<TextSpan> _parts;
    private readonly bool _isSpeech;
    private IReadOnlyList<TextSpan>? _speech;
    private IReadOnlyList<TextSpan>? _sentences;

    internal ProseParagraph(string text, int container, List<TextSpan> parts, bool isHeading, bool isSpeech)
    {
        _text = text;
        _parts = parts;
        _isSpeech = isSpeech;
        Container = container;
        IsHeading = isHeading;
        Span = TextSpan.FromBounds(parts[0].Start, parts[^1].End);
    }

    /// <summary>Index of the innermost container that owns it, or -1.</summary>
    public int Container { get; }

    /// <summary>From the first unit to the last; what is no prose may lie between.</summary>
    public TextSpan Span { get; }

    /// <summary>The stretches of prose in it.</summary>
    public IReadOnlyList<TextSpan> Parts => _parts;

    /// <summary>Whether it is a heading.</summary>
    public bool IsHeading { get; }

    /// <summary>What is spoken, with its quotation marks, in order.</summary>
    public IReadOnlyList<TextSpan> Speech => _speech ??= _isSpeech ? [Span] : Prose.Speech.In(_text, Span);

    /// <summary>Its sentences.</summary>
    public IReadOnlyList<TextSpan> Sentences => _sentences ??= Language.Prose.Sentences.Of(_text, Span);

    /// <summary>A sentence as its parts.</summary>
    /// <param name="sentence">One of <see cref="Sentences"/>.</param>
    /// <param name="names">The names of the document, in order.</param>
    public ProseSentence Read(TextSpan sentence, IReadOnlyList<NamedPlace> names) => Tokenizer.Read(_text, sentence, _parts, Speech, names);
}
