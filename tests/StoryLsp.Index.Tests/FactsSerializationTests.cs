using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class FactsSerializationTests
{
    private static readonly FileStamp Stamp = new(5_000_000_000, 638_000_000_000_000_000, -1, "abc", "fingerprint");

    private static DocumentFacts RoundTrip(DocumentFacts facts)
    {
        var read = StoredDocument.Read(facts.Path, StoredDocument.Write(Stamp, facts), new StringPool());
        Assert.That(read, Is.Not.Null);
        Assert.That(read!.Value.Stamp, Is.EqualTo(Stamp));
        return read.Value.Facts;
    }

    [Test]
    public void Every_member_of_any_facts_comes_back() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var facts = new RandomFacts(seed).Next();
            return SnapshotText.Of(RoundTrip(facts)) == SnapshotText.Of(facts);
        }));

    [Test]
    public void Bytes_that_are_cut_or_changed_are_never_taken_for_facts() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var facts = new RandomFacts(seed).Next();
            var blob = StoredDocument.Write(Stamp, facts);
            var at = random.Next(blob.Length);
            var changed = blob.ToArray();
            changed[at] ^= (byte)random.Next(1, 256);
            return StoredDocument.Read(facts.Path, changed, new StringPool()) is null
                && StoredDocument.Read(facts.Path, blob[..at], new StringPool()) is null
                && StoredDocument.Read("other", blob, new StringPool()) is null;
        }));

    [Test]
    public void Bytes_with_a_right_checksum_that_are_no_facts_give_nothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var body = new byte[random.Next(200)];
            random.NextBytes(body);
            byte[] blob = [.. body, .. System.Security.Cryptography.SHA256.HashData(body).AsSpan(0, BlobReader.ChecksumLength)];
            return StoredDocument.Read("a", blob, new StringPool()) is null;
        }));

    [Test]
    public void A_value_that_several_fields_share_is_one_object_again()
    {
        var text = SourceText.From("type: chapter\nscenes:\n  - &a {id: x, pov: *b}\n  - *a\nother: &b [1, *a]\n");
        var document = DocumentReader.Read("chapters/a.yaml", text, Context("title: T"));
        Assert.That(document.Facts.Containers, Is.Not.Empty);
        Assert.That(SnapshotText.Of(RoundTrip(document.Facts)), Is.EqualTo(SnapshotText.Of(document.Facts)));
    }

    [Test]
    public void Facts_of_real_files_come_back()
    {
        var data = Path.GetDirectoryName(StoryLsp.Testing.TestData.Find("README.md"))!;
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".md" or ".yaml" or ".yml" or ".fountain").Order(StringComparer.Ordinal).Take(1500))
        {
            var text = SourceText.Decode(File.ReadAllBytes(file), out _);
            if (text.Length > 300_000)
            {
                continue;
            }

            var facts = DocumentReader.Read(Path.GetRelativePath(data, file).Replace('\\', '/'), text, Context("title: T")).Facts;
            Assert.That(SnapshotText.Of(RoundTrip(facts)), Is.EqualTo(SnapshotText.Of(facts)), file);
            count++;
        }

        Assert.That(count, Is.GreaterThan(20));
    }

    private static ReadingContext Context(string settings) => new(SchemaSet.Shipped, SettingsReader.Read(SourceText.From(settings)), []);
}
