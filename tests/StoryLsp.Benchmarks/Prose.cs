using System.Text;

namespace StoryLsp.Benchmarks;

/// <summary>Makes paragraphs of Markdown: sentences of several shapes with names and wikilinks in them.</summary>
internal sealed class Prose(Random random, IReadOnlyList<string> names, IReadOnlyList<string> links)
{
    private int _words;

    /// <summary>Paragraphs of about so many words.</summary>
    public string Write(int words)
    {
        var text = new StringBuilder(words * 7);
        _words = 0;
        var paragraphs = 0;
        while (_words < words)
        {
            var kind = random.Next(24);
            if (kind == 0 && paragraphs > 2)
            {
                text.Append("* * *\n\n");
            }
            else if (kind == 1)
            {
                text.Append("> ").Append(Sentence()).Append("\n\n");
            }

            var sentences = random.Next(2, 8);
            for (var i = 0; i < sentences && _words < words; i++)
            {
                text.Append(i == 0 ? "" : i % 3 == 0 ? "\n" : " ").Append(Sentence());
            }

            text.Append("\n\n");
            paragraphs++;
        }

        return text.ToString();
    }

    /// <summary>One sentence.</summary>
    public string Sentence()
    {
        var sentence = random.Next(9) switch
        {
            0 => $"{Name()} {Verb()} the {Adjective()} {Noun()} {Adverb()}.",
            1 => $"The {Noun()} was {Adjective()}, and the {Noun()} behind it was *{Adjective()}*, and nobody {Verb()} either.",
            2 => $"\u201cI {Verb()} the {Noun()},\u201d said {Name()}, \u201cand it was {Adjective()} then.\u201d",
            3 => $"{Pick(Vocabulary.Openings)}, {Name()} {Intransitive()}, and then {Verb()} the {Noun()} near {Link()}.",
            4 => $"It was a {Adjective()} {Noun()} with a {Adjective()} {Noun()} in it.",
            5 => $"\u201cWhere is the {Noun()}?\u201d {Name()} {Intransitive()}; nobody {Intransitive()}.",
            6 => $"There was \u2014 so {Name()} {Verb()} \u2014 another {Noun()}, older than the {Noun()} and as {Adjective()} as the {Noun()}.",
            7 => $"They {Intransitive()} {Adverb()}, and the {Noun()} {Intransitive()} with them.",
            _ => $"{Name()}\u2019s {Noun()} {Intransitive()} until the {Adjective()} {Noun()} was **quite** gone.",
        };
        _words += sentence.AsSpan().Count(' ') + 1;
        return sentence;
    }

    private string Name() => random.Next(3) == 0 ? "she" is var she && random.Next(2) == 0 ? Capital(she) : "He" : Pick(names);

    private string Link() => random.Next(2) == 0 ? "[[" + Pick(links) + "]]" : Pick(links) is var link ? $"[[{link}|the {Noun()}]]" : "";

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private string Adjective() => Pick(Vocabulary.Adjectives);

    private string Noun() => Pick(Vocabulary.Nouns);

    private string Verb() => Pick(Vocabulary.Verbs);

    private string Intransitive() => Pick(Vocabulary.Intransitive);

    private string Adverb() => Pick(Vocabulary.Adverbs);

    private string Pick(IReadOnlyList<string> words) => words[random.Next(words.Count)];
}
