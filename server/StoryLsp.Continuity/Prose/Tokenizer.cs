using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>Cuts a sentence into its parts.</summary>
internal sealed class Tokenizer
{
    private readonly string _text;
    private readonly List<ProseToken> _tokens = [];
    private readonly TextSpan _sentence;
    private readonly IReadOnlyList<TextSpan> _speech;
    private readonly IReadOnlyList<NamedPlace> _names;
    private int _nextSpeech;
    private int _nextName;

    private Tokenizer(string text, TextSpan sentence, IReadOnlyList<TextSpan> speech, IReadOnlyList<NamedPlace> names)
    {
        _text = text;
        _sentence = sentence;
        _speech = speech;
        _names = names;
    }

    /// <summary>Cuts a sentence.</summary>
    /// <param name="text">The text of the document.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="visible">The prose of its paragraph, in order: what lies between is not read.</param>
    /// <param name="speech">What is spoken in its paragraph, in order.</param>
    /// <param name="names">The names of the document, in order.</param>
    public static ProseSentence Read(string text, TextSpan sentence, IReadOnlyList<TextSpan> visible, IReadOnlyList<TextSpan> speech, IReadOnlyList<NamedPlace> names)
    {
        var tokenizer = new Tokenizer(text, sentence, speech, names) { _nextName = FirstFrom(names, sentence.Start) };
        foreach (var part in visible)
        {
            var (start, end) = (Math.Max(part.Start, sentence.Start), Math.Min(part.End, sentence.End));
            if (start < end)
            {
                tokenizer.Read(start, end);
            }
        }

        return new(text, sentence, tokenizer._tokens);
    }

    private static int FirstFrom(IReadOnlyList<NamedPlace> names, int offset)
    {
        var (low, high) = (0, names.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = names[middle].Span.Start < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Read(int start, int end)
    {
        for (var at = start; at < end;)
        {
            at = TakeSpeech(at) ?? TakeName(at) ?? Take(at, end);
        }
    }

    private int? TakeSpeech(int at)
    {
        while (_nextSpeech < _speech.Count && _speech[_nextSpeech].End <= at)
        {
            _nextSpeech++;
        }

        if (_nextSpeech >= _speech.Count || !_speech[_nextSpeech].Contains(at))
        {
            return null;
        }

        var end = Math.Min(_speech[_nextSpeech].End, _sentence.End);
        _tokens.Add(new(TokenKind.Speech, TextSpan.FromBounds(at, end)));
        return end;
    }

    private int? TakeName(int at)
    {
        while (_nextName < _names.Count && _names[_nextName].Span.Start < at)
        {
            _nextName++;
        }

        if (_nextName >= _names.Count || _names[_nextName].Span.Start != at || _names[_nextName].Span.IsEmpty)
        {
            return null;
        }

        var (span, who) = _names[_nextName];
        _tokens.Add(new(TokenKind.Name, span, who));
        return span.End;
    }

    private int Take(int at, int end)
    {
        var unit = _text[at];
        if (char.IsWhiteSpace(unit) || unit is '*' or '_')
        {
            return at + 1;
        }

        if (char.IsLetterOrDigit(unit))
        {
            return TakeWord(at, end);
        }

        if (IsApostrophe(unit) && at > _sentence.Start && char.IsLetterOrDigit(BeforeEmphasis(at)))
        {
            var isEnding = at + 1 < end && _text[at + 1] is 's' or 'S' && !IsLetterAt(at + 2, end);
            _tokens.Add(new(TokenKind.Possessive, new(at, isEnding ? 2 : 1)));
            return at + (isEnding ? 2 : 1);
        }

        if (unit is '-' or '\u2010' or '\u2011' && at > 0 && char.IsLetterOrDigit(_text[at - 1]) && IsLetterAt(at + 1, end))
        {
            _tokens.Add(new(TokenKind.Hyphen, new(at, 1)));
            return at + 1;
        }

        _tokens.Add(new(TokenKind.Mark, new(at, 1)));
        return at + 1;
    }

    private char BeforeEmphasis(int at)
    {
        var i = at - 1;
        while (i > _sentence.Start && _text[i] is '*' or '_' or ']')
        {
            i--;
        }

        return _text[i];
    }

    private int TakeWord(int at, int end)
    {
        var isNumber = char.IsAsciiDigit(_text[at]);
        var i = at + 1;
        while (i < end && (char.IsLetterOrDigit(_text[i]) || IsInside(at, i, end, isNumber)) && !IsName(i))
        {
            isNumber &= char.IsAsciiDigit(_text[i]) || _text[i] is '.' or ',';
            i++;
        }

        _tokens.Add(new(isNumber ? TokenKind.Number : TokenKind.Word, TextSpan.FromBounds(at, i)));
        return i;
    }

    // An apostrophe inside a word (o'clock), unless it begins a possessive; the marks inside a number.
    private bool IsInside(int start, int at, int end, bool isNumber) =>
        at > start && (isNumber
            ? _text[at] is '.' or ',' && at + 1 < end && char.IsAsciiDigit(_text[at + 1])
            : IsApostrophe(_text[at]) && IsLetterAt(at + 1, end) && !(_text[at + 1] is 's' or 'S' && !IsLetterAt(at + 2, end)));

    private bool IsName(int at) => _nextName < _names.Count && _names[_nextName].Span.Start == at;

    private bool IsLetterAt(int at, int end) => at < end && char.IsLetterOrDigit(_text[at]);

    private static bool IsApostrophe(char unit) => unit is '\'' or '\u2019' or '\u02BC';
}
