using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Tests.Batching;
using DynamoBatch.Core.Tests.Sending;
using DynamoBatch.Core.Updating;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class WriteTransportTests
{
    private static readonly TableSchema Schema = new("T", new KeyAttribute("id", KeyType.S), null, []);

    [Theory]
    [InlineData("Invalid ConditionExpression: Syntax error; token: \"==\", near: \"v == :v\"")]
    [InlineData("Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status")]
    public async Task A_condition_that_the_service_cannot_read_fails_the_table_once_and_names_the_parameter(string message)
    {
        WriteReply reply = await SendAsync(new UpdateOptions { Condition = "v == :v" }, "ValidationException", message);

        reply.Kind.ShouldBe(ReplyKind.TableFailed);
        reply.Failure!.Kind.ShouldBe(FailureKind.ItemRejected);
        reply.Failure.Message.ShouldStartWith("-Condition is not accepted for table 'T'.");
        reply.Failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Another_refusal_is_the_items_own()
    {
        WriteReply reply = await SendAsync(
            new UpdateOptions { Condition = "v = :v" }, "ValidationException", "An operand in the update expression has an incorrect data type");

        reply.Kind.ShouldBe(ReplyKind.Rejected);
        reply.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":"please log in"}""")]
    [InlineData("""{"ConsumedCapacity":[]}""")]
    public async Task An_answer_that_does_not_say_what_was_left_over_acknowledges_nothing(string answer)
    {
        WriteReply reply = await AnswerAsync(Writes.Put(Writes.Table(), "a"), answer);

        reply.Of(0).Kind.ShouldBe(ItemReplyKind.Ambiguous);
    }

    [Fact]
    public async Task An_answer_without_anything_that_DynamoDB_says_acknowledges_no_update()
    {
        WriteOperation update = new Updates(Writes.Table(), new UpdateOptions { Upsert = true }).Make("a", ("x", 1));

        (await AnswerAsync(update, """{"error":"please log in"}""")).Of(0).Kind.ShouldBe(ItemReplyKind.Ambiguous);
        (await AnswerAsync(update, """{"ConsumedCapacity":{"TableName":"T","CapacityUnits":1}}""")).Of(0).Kind.ShouldBe(ItemReplyKind.Written);
    }

    [Fact]
    public async Task One_list_of_unprocessed_items_does_not_hide_what_another_one_says()
    {
        WriteReply reply = await AnswerAsync(
            Writes.Put(Writes.Table(), "a"),
            """{"UnprocessedItems":{"T":[{"PutRequest":{"Item":{"id":{"S":"other"}}}}]},"UnprocessedItems":{}}""");

        reply.Of(0).Kind.ShouldBe(ItemReplyKind.Ambiguous);
    }

    [Fact]
    public async Task An_insert_that_may_have_landed_is_looked_at_though_statements_were_denied_meanwhile()
    {
        WriteTable table = Writes.Table();
        WriteReply reply = await AnswerAsync(
            Updates.Insert(table, "a", ("x", 1)),
            """{"Responses":[{"Error":{"Code":"DuplicateItem","Message":"m"}}]}""",
            mayLand: true,
            beforeTheAnswer: () => table.StatementsDenied = true);

        reply.Of(0).Kind.ShouldBe(ItemReplyKind.ByItself);
    }

    [Fact]
    public async Task An_insert_that_may_have_landed_is_unknown_where_the_service_does_not_show_what_is_there()
    {
        WriteTable table = Writes.Table();
        table.StatementsDenied = true;
        var fault = new AmazonServiceException("m", ErrorType.Sender, "ConditionalCheckFailedException", "r", HttpStatusCode.BadRequest);
        WriteReply reply = await SendAsync(
            Updates.Insert(table, "a", ("x", 1)), mayLand: true, () => throw new ServiceFaultException(fault, Encoding.UTF8.GetBytes("{}")));

        reply.Of(0).Failure.ShouldBe(FailureKind.OutcomeUnknown);
    }

    private static Task<WriteReply> AnswerAsync(WriteOperation operation, string answer, bool mayLand = false, Action? beforeTheAnswer = null) =>
        SendAsync(
            operation,
            mayLand,
            () =>
            {
                beforeTheAnswer?.Invoke();
                return Encoding.UTF8.GetBytes(answer);
            });

    private static async Task<WriteReply> SendAsync(WriteOperation operation, bool mayLand, Func<byte[]> answer)
    {
        var slot = new KeySlot(new ItemKey(operation.Table, operation.Item.Key)) { MayLand = mayLand };
        slot.Add(operation);
        var request = new WriteRequest(operation.Route);
        request.Add(slot);
        var transport = new WriteTransport((_, _, _) => Task.FromResult(answer()), (f, _) => new DdbException(f.Kind, f.Message), TimeProvider.System);
        return await transport.SendAsync(request, default);
    }

    private static async Task<WriteReply> SendAsync(UpdateOptions options, string code, string message)
    {
        var encoder = new ItemEncoder(Schema, keepAttributes: true);
        encoder.Begin();
        encoder.Add(encoder.Plan("id"), "a");
        encoder.Add(encoder.Plan("x"), 1);
        EncodedItem item = encoder.Finish();
        var table = new WriteTable(Schema, 0);
        var operation = new WriteOperation(table, WriteVerb.Update, item, null) { Request = new UpdateShape(Schema, options, item.Attributes) };
        var slot = new KeySlot(new ItemKey(table, item.Key));
        slot.Add(operation);
        var request = new WriteRequest(operation.Route);
        request.Add(slot);

        var fault = new AmazonServiceException(message, ErrorType.Sender, code, "r", HttpStatusCode.BadRequest);
        var transport = new WriteTransport(
            (_, _, _) => throw new ServiceFaultException(fault, Encoding.UTF8.GetBytes("{}")), (f, _) => new DdbException(f.Kind, f.Message), TimeProvider.System);
        return await transport.SendAsync(request, default);
    }
}
