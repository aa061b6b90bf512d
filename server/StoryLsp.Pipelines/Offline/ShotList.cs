using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Offline;

/// <summary>
/// The algorithm <c>shots</c>: breaks the prose of a scene into shots by rules that every storyboard artist starts from (S. D. Katz, "Film Directing Shot by
/// Shot", 1991): one that establishes the place, then a new one with each paragraph and each change between speech and action, closer the smaller the thing is
/// that the words show, speakers in turn over the shoulder and close. It describes each by the scene's own sentences, and invents nothing.
/// </summary>
internal sealed class ShotList : IOfflineAlgorithm
{
    private const int MostShots = 120;
    private const int LongestDescription = 800;

    public string Name => "shots";

    public string ModelId => "offline-shots";

    public string Answer(OfflineInput input)
    {
        var data = PromptData.Of(input.Messages);
        var prose = string.Join("\n\n", data.Where(part => part.Label == CompiledContext.ProseLabel).Select(part => part.Text));
        var beats = Few(Beat.Of(prose));
        if (beats.Count == 0)
        {
            throw new ProviderException(ProviderFailure.NothingToDo, "The scene has no prose yet, so there is nothing to be filmed. Write it first, or set `ai.provider` in story.yaml to one that has a model.");
        }

        var cards = Card.Of(data);
        return OfflineJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("shots");
            var camera = new Camera(cards);
            for (var i = 0; i < beats.Count; i++)
            {
                var (size, movement) = camera.Next(beats[i]);
                writer.WriteStartObject();
                writer.WriteString("number", (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
                writer.WriteString("size", size);
                writer.WriteString("angle", "");
                writer.WriteString("movement", movement);
                writer.WriteString("description", Description(beats[i], i == 0 ? camera.Place : null));
                writer.WriteNumber("duration", beats[i].Seconds);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static string Description(Beat beat, string? place)
    {
        var text = OfflineJson.Whole((place is null ? "" : place + ": ") + beat.Text);
        if (text.Length <= LongestDescription)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', LongestDescription - 1);
        end = end > LongestDescription / 2 ? end : LongestDescription - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    // A very long scene gets longer shots, not more of them.
    private static List<Beat> Few(List<Beat> beats)
    {
        while (beats.Count > MostShots)
        {
            beats = [.. beats.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : pair[0].With(pair[1]))];
        }

        return beats;
    }

    /// <summary>Chooses how much the frame holds, from one beat to the next.</summary>
    private sealed class Camera(IReadOnlyList<Card> cards)
    {
        private static readonly HashSet<string> Moves = new(StringComparer.OrdinalIgnoreCase)
        {
            "walked", "walks", "ran", "runs", "came", "comes", "went", "goes", "entered", "enters", "left", "leaves", "crossed", "crosses", "climbed", "climbs", "rode", "rides",
            "rushed", "followed", "follows", "fled", "hurried", "marched", "stumbled", "strode", "jumped", "leapt", "rose", "drove", "drives", "rowed", "swam", "fell", "falls",
        };

        private static readonly HashSet<string> Faces = new(StringComparer.OrdinalIgnoreCase)
        {
            "eye", "eyes", "face", "lips", "mouth", "smile", "smiled", "tear", "tears", "brow", "cheek", "cheeks", "blushed", "frowned", "stared", "wept", "pale",
        };

        private static readonly HashSet<string> Things = new(StringComparer.OrdinalIgnoreCase)
        {
            "letter", "key", "keys", "knife", "revolver", "pistol", "gun", "ring", "watch", "clock", "photograph", "map", "note", "envelope", "book", "page", "candle", "coin", "glass", "bottle",
            "hand", "hands", "finger", "fingers", "lock", "blood", "telegram", "ticket", "diary", "pen",
        };

        private static readonly HashSet<string> Wide = new(StringComparer.OrdinalIgnoreCase)
        {
            "street", "river", "hill", "hills", "house", "sky", "sea", "field", "fields", "forest", "village", "town", "city", "road", "valley", "mountain", "mountains", "snow", "rain", "fog",
            "storm", "moon", "sun", "roofs", "harbour", "harbor", "bridge", "garden", "horizon",
        };

        private bool _hasBegun;
        private bool _isOver;

        public string? Place { get; } = cards.FirstOrDefault(card => card.Reason == "the place")?.Name;

        public (string Size, string Movement) Next(Beat beat)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                return ("WS", "static");
            }

            var words = beat.Words();
            if (beat.IsSpeech)
            {
                if (words.Count <= 3)
                {
                    return ("CU", "static");
                }

                _isOver ^= !beat.GoesOn;
                return (_isOver ? "MCU" : "OTS", "static");
            }

            // What the prompt names as an item is shown by itself.
            var isItem = cards.Any(card => card.Type == "item" && beat.Text.Contains(card.Name, StringComparison.OrdinalIgnoreCase));
            var people = cards.Count(card => card.Type == "character" && card.Name.Split(' ').Any(part => part.Length > 2 && words.Contains(part)));
            return isItem || words.Overlaps(Things) ? ("INSERT", "static")
                : words.Overlaps(Moves) ? ("FS", "pan")
                : words.Overlaps(Faces) ? ("CU", "static")
                : words.Overlaps(Wide) ? ("LS", "static")
                : (people > 1 ? "MS" : "MWS", "static");
        }
    }
}
