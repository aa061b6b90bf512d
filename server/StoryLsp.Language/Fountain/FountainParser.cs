using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>Reads Fountain scripts as fountain.io/syntax has them. It gives a tree for every input, in one pass over the lines.</summary>
public static class FountainParser
{
    /// <summary>Parses a script. Never fails.</summary>
    /// <param name="text">The script.</param>
    public static FountainTree Parse(SourceText text)
    {
        FountainLines lines = FountainLines.Read(text);
        List<FountainTitle> titles = TitlePage.Read(lines, out TextSpan titleSpan, out int bodyLine);
        return new ScriptReader(lines).Read(bodyLine, titles, titleSpan);
    }

    /// <summary>What a line is, as far as the next line needs to know.</summary>
    private enum Place
    {
        /// <summary>Behind a blank line, a section or a heading: scene headings and cues may follow.</summary>
        Fresh,

        /// <summary>Within action.</summary>
        Action,

        /// <summary>Behind a cue, until a blank line.</summary>
        Dialogue,
    }

    private sealed class ScriptReader(FountainLines lines)
    {
        private readonly List<FountainScene> _scenes = [];
        private readonly List<TextSpan> _prose = [];
        private readonly List<NameFact> _cues = [];
        private SceneHeading? _heading;
        private NameFact? _synopsis;
        private bool _sectionSince;
        private int _proseLine = -2;

        public FountainTree Read(int firstLine, List<FountainTitle> titles, TextSpan titleSpan)
        {
            Place place = Place.Fresh;
            for (int line = firstLine; line < lines.Count; line++)
            {
                if (!lines.IsOnlyComment(line))
                {
                    place = ReadLine(line, place);
                }
            }

            CloseScene(lines.Text.Length);
            return new FountainTree
            {
                TitlePage = titles,
                TitlePageSpan = titleSpan,
                Scenes = _scenes,
                Prose = _prose,
                Comments = lines.Comments,
            };
        }

        private Place ReadLine(int line, Place place)
        {
            TextSpan span = lines.Trimmed(line);
            if (span.IsEmpty)
            {
                // Two blanks keep a pause inside of a speech.
                return place == Place.Dialogue && lines.Raw(line).Length >= 2 ? place : Place.Fresh;
            }

            ReadOnlySpan<char> text = lines.Of(span);
            if (place != Place.Dialogue && SceneHeading.TryRead(lines, span, place == Place.Fresh) is { } heading)
            {
                OpenScene(heading, lines.Raw(line).Start);
                return Place.Fresh;
            }

            if (IsStructure(text, span))
            {
                return Place.Fresh;
            }

            switch (text[0])
            {
                case '~':
                    AddProse(line, TextSpan.FromBounds(span.Start + 1, span.End));
                    return place == Place.Dialogue ? place : Place.Action;
                case '!':
                    AddProse(line, TextSpan.FromBounds(span.Start + 1, span.End));
                    return Place.Action;
                case '>' when text.Length > 1 && text[^1] == '<':
                    AddProse(line, TextSpan.FromBounds(span.Start + 1, span.End - 1));
                    return Place.Action;
                case '>':
                    return Place.Fresh;
            }

            if (place == Place.Dialogue)
            {
                AddProse(line, span);
                return place;
            }

            bool nextIsBlank = lines.NextIsBlank(line);
            if (place == Place.Fresh && nextIsBlank && IsTransition(text))
            {
                return Place.Fresh;
            }

            if (CharacterCue.TryRead(lines, span, canStart: place == Place.Fresh && !nextIsBlank) is { } cue)
            {
                _cues.Add(cue);
                return Place.Dialogue;
            }

            AddProse(line, span);
            return Place.Action;
        }

        /// <summary>Sections, synopses and page breaks.</summary>
        private bool IsStructure(ReadOnlySpan<char> text, TextSpan span)
        {
            if (text[0] == '#')
            {
                _sectionSince = true;
                return true;
            }

            if (text[0] != '=')
            {
                return false;
            }

            bool isPageBreak = text.Length >= 3 && text.IndexOfAnyExcept('=') < 0;
            TextSpan synopsis = lines.Trim(span.Start + 1, span.End);
            if (!isPageBreak && !_sectionSince && !synopsis.IsEmpty)
            {
                _synopsis ??= new NameFact(lines.Text.Slice(synopsis), synopsis);
            }

            return true;
        }

        private static bool IsTransition(ReadOnlySpan<char> text)
        {
            foreach (char c in text)
            {
                if (char.IsLower(c))
                {
                    return false;
                }
            }

            return text.EndsWith("TO:");
        }

        private void OpenScene(SceneHeading heading, int lineStart)
        {
            CloseScene(lineStart);
            _heading = heading with { SceneStart = lineStart };
            _synopsis = null;
            _sectionSince = false;
            _cues.Clear();
        }

        private void CloseScene(int end)
        {
            if (_heading is not { } heading)
            {
                return;
            }

            _scenes.Add(new FountainScene
            {
                Heading = heading.Text,
                HeadingSpan = heading.Span,
                Place = heading.Place,
                TimeOfDay = heading.TimeOfDay,
                Number = heading.Number ?? (_scenes.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Span = TextSpan.FromBounds(heading.SceneStart, end),
                Synopsis = _synopsis,
                Cues = [.. _cues],
            });
        }

        /// <summary>Adds a line without its comments; lines that follow each other become one stretch.</summary>
        private void AddProse(int line, TextSpan span)
        {
            bool joins = line == _proseLine + 1;
            foreach (TextSpan piece in lines.WithoutComments(span))
            {
                if (joins && lines.Text.Text.AsSpan(_prose[^1].End, piece.Start - _prose[^1].End).IsWhiteSpace())
                {
                    _prose[^1] = TextSpan.FromBounds(_prose[^1].Start, piece.End);
                }
                else
                {
                    _prose.Add(piece);
                }

                joins = false;
                _proseLine = line;
            }
        }
    }
}
