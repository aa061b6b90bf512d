using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>
/// Finds accepted sentences in the story as it is now: word for word first, in their own file before others; then those that a person
/// changed, by the words that they have in common. A sentence as it stood before an acceptance comes from nothing that was accepted then or later.
/// </summary>
internal sealed class SurvivingSentences
{
    /// <summary>From here on a sentence counts as an accepted one that was changed since, by the coefficient of Dice of their words.</summary>
    public const float EditedLikeness = 0.6f;

    /// <summary>From here on a sentence counts as a part of an accepted one that was cut up: the share of its words that stand there.</summary>
    private const float PartLikeness = 0.85f;

    /// <summary>In fewer words too much is alike by chance.</summary>
    private const int FewestWords = 4;

    /// <summary>A word that this many accepted sentences have does not lead to them.</summary>
    private const int CommonWord = 400;

    private readonly IReadOnlyList<StorySentence> _story;
    private readonly List<AcceptedSource> _accepted;
    private readonly HashSet<string> _written;
    private readonly Dictionary<string, DateTimeOffset> _stoodAt = new(StringComparer.Ordinal);

    private SurvivingSentences(IReadOnlyList<StorySentence> story, List<AcceptedSource> accepted)
    {
        _story = story;
        _accepted = accepted;
        _written = accepted.Where(source => source.Sentence.Of is null && !source.Record.IsMechanical).Select(source => SentenceForm.HashOf(source.Sentence.Text)).ToHashSet(StringComparer.Ordinal);
        foreach (var source in accepted)
        {
            foreach (var hash in (source.Sentence.Stood ?? []).Concat(source.Sentence.Of is { } of ? [of] : []))
            {
                _stoodAt[hash] = _stoodAt.TryGetValue(hash, out var at) && at < source.Hunk.At ? at : source.Hunk.At;
            }
        }
    }

    /// <summary>Says of each sentence of the story whose it is.</summary>
    public static void Find(IReadOnlyList<StorySentence> story, List<AcceptedSource> accepted)
    {
        var surviving = new SurvivingSentences(story, accepted);
        accepted.ForEach(source => source.Left = source.IsOld ? 0 : source.Words.Length);
        surviving.FindSame(isOwnFile: true);
        surviving.FindSame(isOwnFile: false);
        surviving.FindEdited();
    }

    /// <summary>Whether a sentence may be an accepted one that was changed since, or a part of one, by the numbers of their words.</summary>
    public static bool MayBeEdited(int[] sentence, int[] source)
    {
        if (sentence.Length < FewestWords)
        {
            return false;
        }

        var like = WordNumbers.Likeness(sentence, source);
        return like >= EditedLikeness || like * (sentence.Length + source.Length) / 2 >= PartLikeness * sentence.Length;
    }

    // A sentence that was accepted once is found once: “He nodded.” may be the writer's own elsewhere.
    private void FindSame(bool isOwnFile)
    {
        var waiting = _accepted.Where(source => source.Left > 0).GroupBy(source => KeyOf(source.Form, source.File, isOwnFile)).ToDictionary(group => group.Key, group => new Queue<AcceptedSource>(group));
        foreach (var sentence in _story.Where(sentence => sentence.Source is null))
        {
            if (waiting.TryGetValue(KeyOf(sentence.Form, sentence.File, isOwnFile), out var sources) && sources.TryDequeue(out var source))
            {
                source.Left = 0;
                Claim(sentence, source, isSame: true);
            }
        }
    }

    private static (string Form, string File) KeyOf(string form, string file, bool isOwnFile) => (form, isOwnFile ? file : "");

    private void FindEdited()
    {
        var byWord = new Dictionary<int, List<int>>();
        for (var i = 0; i < _accepted.Count; i++)
        {
            foreach (var word in _accepted[i].Left > 0 ? _accepted[i].Words.Distinct() : [])
            {
                (byWord.TryGetValue(word, out var list) ? list : byWord[word] = []).Add(i);
            }
        }

        var pairs = new List<(float Score, int Sentence, int Source)>();
        for (var i = 0; i < _story.Count && byWord.Count > 0; i++)
        {
            if (_story[i].Source is null && _story[i].Words.Length >= FewestWords)
            {
                AddCandidates(i, byWord, pairs);
            }
        }

        foreach (var (_, sentence, source) in pairs.OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Sentence).ThenBy(pair => pair.Source))
        {
            // What is left of an accepted sentence may stand in several, where it was cut up.
            var words = _story[sentence].Words.Length;
            if (_story[sentence].Source is null && 2 * _accepted[source].Left >= words)
            {
                _accepted[source].Left -= words;
                Claim(_story[sentence], _accepted[source], isSame: false);
            }
        }
    }

    private void AddCandidates(int index, Dictionary<int, List<int>> byWord, List<(float, int, int)> pairs)
    {
        var sentence = _story[index];
        var stoodAt = _stoodAt.TryGetValue(SentenceForm.HashOfForm(sentence.Form), out var at) ? at : DateTimeOffset.MaxValue;
        var candidates = new HashSet<int>();
        foreach (var word in sentence.Words.Distinct())
        {
            if (byWord.TryGetValue(word, out var sources) && sources.Count <= CommonWord)
            {
                candidates.UnionWith(sources);
            }
        }

        foreach (var candidate in candidates)
        {
            var source = _accepted[candidate];
            if (source.Hunk.At < stoodAt && MayBeEdited(sentence.Words, source.Words))
            {
                pairs.Add((WordNumbers.Likeness(sentence.Words, source.Words) + (source.File == sentence.File ? 1 : 0), index, candidate));
            }
        }
    }

    private void Claim(StorySentence sentence, AcceptedSource source, bool isSame)
    {
        sentence.Source = source;
        // Another wording of a person's sentence is the person's; of a model's it is the model's.
        var isReworded = source.Sentence.Of is { } original && !_written.Contains(original);
        sentence.Kind = source.Record.IsMechanical ? Authorship.Mechanical : isReworded ? Authorship.Assisted : isSame ? Authorship.Generated : Authorship.Edited;
    }
}
