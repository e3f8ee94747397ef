// Command jinggao (净稿) is the desk of a bureau that must publish nothing secret.
package main

func main() {}
