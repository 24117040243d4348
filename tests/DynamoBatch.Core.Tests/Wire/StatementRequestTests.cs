using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Tests.Batching;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.Core.Updating;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class StatementRequestTests
{
    private const string Done = """{"TableName":"T"}""";
    private const string Throttled = """{"Error":{"Code":"ThrottlingError","Message":"Slow down."}}""";
    private const string Broken = """{"Error":{"Code":"InternalServerError","Message":"Oops."}}""";

    [Fact]
    public void Statements_hold_their_values_and_then_the_key()
    {
        Encoding.UTF8.GetString(StatementBody.Build(Request(2))).ShouldBe(
            """{"ReturnConsumedCapacity":"TOTAL","Statements":[{"Statement":"UPDATE \"T\" SET \"v\"=?,\"w\"=? WHERE \"id\"=?","Parameters":[{"S":"x"},{"N":"0"},{"S":"k0"}]},{"Statement":"UPDATE \"T\" SET \"v\"=?,\"w\"=? WHERE \"id\"=?","Parameters":[{"S":"x"},{"N":"1"},{"S":"k1"}]}]}""");
    }

    [Fact]
    public void Requests_made_one_after_the_other_do_not_share_their_bytes()
    {
        byte[] first = StatementBody.Build(Request(25));
        byte[] copy = first.ToArray();

        StatementBody.Build(Request(25, "another"));

        first.ShouldBe(copy);
    }

    [Fact]
    public void The_packers_count_is_never_below_the_bodys_length()
    {
        WriteRequest request = Request(25, new string('x', 2000));

        StatementBody.Build(request).Length.ShouldBeLessThanOrEqualTo(request.Bytes);
    }

    [Fact]
    public void Each_statement_has_its_own_answer()
    {
        WriteReply reply = Read(4, Done, Throttled, Broken, Done);

        Enumerable.Range(0, 4).Select(i => reply.Of(i).Kind).ShouldBe(
            [ItemReplyKind.Written, ItemReplyKind.NotWritten, ItemReplyKind.Ambiguous, ItemReplyKind.Written]);
        reply.Throttled.ShouldBeTrue();
        reply.Message.ShouldBe("ThrottlingError: Slow down.");
    }

    [Fact]
    public void Where_no_statement_has_an_error_all_are_done()
    {
        WriteReply reply = Read(3, Done, """{"TableName":"T","Error":null}""", Done);

        Enumerable.Range(0, 3).Select(reply.Of).ShouldBe(Enumerable.Repeat(new ItemReply(ItemReplyKind.Written), 3));
        reply.Throttled.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Responses":[]}""")]
    [InlineData("""{"Responses":[{}]}""")]
    [InlineData("""{"Responses":[{},{},{}]}""")]
    [InlineData("""{"Responses":[{},{}],"Responses":[{}]}""")]
    [InlineData("""{"Responses":[{},null]}""")]
    [InlineData("""{"Responses":[{},"done"]}""")]
    [InlineData("""{"Responses":[{},{"Error":"ThrottlingError"}]}""")]
    [InlineData("""{"Responses":null}""")]
    [InlineData("""{"Responses":[{},{}]""")]
    public void An_answer_that_does_not_tell_of_each_statement_is_none(string answer) =>
        Should.Throw<JsonException>(() => StatementAnswer.Read(Request(2), Encoding.UTF8.GetBytes(answer)));

    private static WriteReply Read(int count, params string[] responses) =>
        StatementAnswer.Read(Request(count), Encoding.UTF8.GetBytes($$"""{"Responses":[{{string.Join(',', responses)}}]}"""));

    private static WriteRequest Request(int count, string value = "x")
    {
        WriteTable table = Writes.Table();
        var updates = new Updates(table, new UpdateOptions());
        var request = new WriteRequest(WriteRoute.Statements);
        for (int i = 0; i < count; i++)
        {
            WriteOperation update = updates.Make("k" + i, ("v", value), ("w", i));
            var slot = new KeySlot(new ItemKey(table, update.Item.Key));
            slot.Add(update);
            request.Add(slot);
        }

        return request;
    }
}
